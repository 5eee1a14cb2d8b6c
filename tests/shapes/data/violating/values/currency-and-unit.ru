# A currency and a unit.
# expect: Quantity <claim/trade-2023/value> path Violation

INSERT DATA { <claim/trade-2023/value> schema:unitText "dollars" }
