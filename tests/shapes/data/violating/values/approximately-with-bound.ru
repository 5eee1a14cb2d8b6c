# An approximate number with an invented bound.
# expect: Number <claim/projects/value> - Violation

INSERT DATA { <claim/projects/value> schema:minValue 140 }
