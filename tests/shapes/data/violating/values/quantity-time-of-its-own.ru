# A quantity with a period where the claim has none.
# expect: QuantityTime <claim/projects/value> - Violation

INSERT DATA { <claim/projects/value> lod:during <claim/branch/period> }
