# A document at an address that is a script.
# expect: Document <document> schema:url Violation

DELETE { <document> schema:url ?old }
INSERT { <document> schema:url <javascript:alert(1)> }
WHERE { <document> schema:url ?old }
