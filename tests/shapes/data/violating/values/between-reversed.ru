# Bounds in the wrong order.
# expect: Quantity <claim/schools/value> schema:minValue Violation

DELETE { <claim/schools/value> schema:minValue ?old }
INSERT { <claim/schools/value> schema:minValue 9 }
WHERE { <claim/schools/value> schema:minValue ?old }
