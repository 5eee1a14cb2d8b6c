# A resolved period that says from when its words count.
# expect: PeriodResolved <claim/trade-2023/period> - Violation

INSERT DATA { <claim/trade-2023/period> lod:asOf "2024-11-27"^^xsd:date }
