# Bounds that are no numbers.
# expect: Quantity <claim/schools/value> schema:maxValue Violation
# expect: Quantity <claim/schools/value> schema:minValue Violation

DELETE { <claim/schools/value> schema:minValue ?old }
INSERT { <claim/schools/value> schema:minValue "5" }
WHERE { <claim/schools/value> schema:minValue ?old } ;
DELETE { <claim/schools/value> schema:maxValue ?old }
INSERT { <claim/schools/value> schema:maxValue "7" }
WHERE { <claim/schools/value> schema:maxValue ?old }
