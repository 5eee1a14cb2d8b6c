# A period that ends before it starts.
# expect: Period <claim/trade-2023/period> schema:startDate Violation

DELETE { <claim/trade-2023/period> schema:endDate ?old }
INSERT { <claim/trade-2023/period> schema:endDate "2022-12-31"^^xsd:date }
WHERE { <claim/trade-2023/period> schema:endDate ?old }
