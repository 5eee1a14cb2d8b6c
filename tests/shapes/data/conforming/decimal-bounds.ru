# One bound an integer and the other a decimal.

DELETE { <claim/schools/value> schema:maxValue ?old }
INSERT { <claim/schools/value> schema:maxValue 7.5 }
WHERE { <claim/schools/value> schema:maxValue ?old }
