# A period that was resolved against two dates.
# expect: Period <claim/trade-2023/period> lod:resolvedAgainst Violation

INSERT DATA { <claim/trade-2023/period> lod:resolvedAgainst "2024-11-28"^^xsd:date }
