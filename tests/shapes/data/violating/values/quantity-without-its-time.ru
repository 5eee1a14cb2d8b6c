# A quantity without the period of its claim.
# expect: QuantityTime <claim/trade-2023/value> - Violation

DELETE WHERE { <claim/trade-2023/value> lod:during ?old }
