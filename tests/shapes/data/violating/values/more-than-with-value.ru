# More than, with a value.
# expect: LowerBound <claim/trade-2023/value> - Violation

INSERT DATA { <claim/trade-2023/value> schema:value 28000000000 }
