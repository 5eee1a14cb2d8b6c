# A period with a property that it cannot have.
# expect: Period <claim/trade-2023/period> schema:unitText Violation

INSERT DATA { <claim/trade-2023/period> schema:unitText "year" }
