# A day that no calendar has.
# expect: Period <claim/trade-2023/period> schema:endDate Violation
# expect: Period <claim/trade-2023/period> schema:startDate Violation

DELETE { <claim/trade-2023/period> schema:endDate ?old }
INSERT { <claim/trade-2023/period> schema:endDate "2023-13-01"^^xsd:date }
WHERE { <claim/trade-2023/period> schema:endDate ?old }
