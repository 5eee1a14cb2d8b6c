# A floating-point number.
# expect: Quantity <claim/projects/value> schema:value Violation

DELETE { <claim/projects/value> schema:value ?old }
INSERT { <claim/projects/value> schema:value 1.5e0 }
WHERE { <claim/projects/value> schema:value ?old }
