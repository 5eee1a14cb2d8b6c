# At least, with an upper bound.
# expect: LowerBound <claim/trade-2023/value> - Violation

DELETE { <claim/trade-2023/value> lod:comparator ?old }
INSERT { <claim/trade-2023/value> lod:comparator lod:atLeast }
WHERE { <claim/trade-2023/value> lod:comparator ?old } ;
INSERT DATA { <claim/trade-2023/value> schema:maxValue 30000000000 }
