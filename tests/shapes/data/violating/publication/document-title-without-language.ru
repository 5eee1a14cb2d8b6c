# A title in no language.
# expect: Document <document> schema:headline Violation

DELETE { <document> schema:headline ?old }
INSERT { <document> schema:headline "A sample" }
WHERE { <document> schema:headline ?old }
