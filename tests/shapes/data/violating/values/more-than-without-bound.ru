# More than, without a lower bound.
# expect: LowerBound <claim/trade-2023/value> - Violation

DELETE WHERE { <claim/trade-2023/value> schema:minValue ?old }
