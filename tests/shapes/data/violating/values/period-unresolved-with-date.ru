# Words that were not resolved, with a date.
# expect: PeriodResolved <claim/branch/period> - Violation

INSERT DATA { <claim/branch/period> schema:startDate "2025-01-01"^^xsd:date }
