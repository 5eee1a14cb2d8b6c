# A number in words.
# expect: Quantity <claim/projects/value> schema:value Violation

DELETE { <claim/projects/value> schema:value ?old }
INSERT { <claim/projects/value> schema:value "150" }
WHERE { <claim/projects/value> schema:value ?old }
