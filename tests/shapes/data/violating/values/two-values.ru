# Two numbers.
# expect: Quantity <claim/projects/value> schema:value Violation

INSERT DATA { <claim/projects/value> schema:value 151 }
