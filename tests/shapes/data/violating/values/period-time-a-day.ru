# The moment of a period is a day.
# expect: Period <claim/trade-2023/period> schema:startTime Violation

INSERT DATA { <claim/trade-2023/period> schema:startTime "2023-01-01"^^xsd:date }
