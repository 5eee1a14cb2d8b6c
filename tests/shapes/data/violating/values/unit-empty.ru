# A unit without words.
# expect: Quantity <claim/schools/value> schema:unitText Violation

DELETE { <claim/schools/value> schema:unitText ?old }
INSERT { <claim/schools/value> schema:unitText "" }
WHERE { <claim/schools/value> schema:unitText ?old }
