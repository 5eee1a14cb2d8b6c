# A sign where the code of the currency must stand.
# expect: Quantity <claim/trade-2023/value> schema:currency Violation

DELETE { <claim/trade-2023/value> schema:currency ?old }
INSERT { <claim/trade-2023/value> schema:currency "$" }
WHERE { <claim/trade-2023/value> schema:currency ?old }
