# A newspaper that is not described.
# expect: Document <document> schema:isPartOf Violation

DELETE { <document> schema:isPartOf ?old }
INSERT { <document> schema:isPartOf <entity/nothing> }
WHERE { <document> schema:isPartOf ?old }
