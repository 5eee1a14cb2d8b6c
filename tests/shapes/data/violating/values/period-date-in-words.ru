# A first day in words.
# expect: Period <claim/trade-2023/period> schema:startDate Violation

DELETE { <claim/trade-2023/period> schema:startDate ?old }
INSERT { <claim/trade-2023/period> schema:startDate "2023" }
WHERE { <claim/trade-2023/period> schema:startDate ?old }
