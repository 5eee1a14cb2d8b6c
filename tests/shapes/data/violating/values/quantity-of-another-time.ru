# A quantity with another period than its claim.
# expect: QuantityTime <claim/trade-2023/value> - Violation

DELETE { <claim/trade-2023/value> lod:during ?old }
INSERT { <claim/trade-2023/value> lod:during <claim/branch/period> }
WHERE { <claim/trade-2023/value> lod:during ?old }
