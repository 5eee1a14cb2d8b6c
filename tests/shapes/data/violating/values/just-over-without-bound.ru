# Just over, with a value in place of the bound.
# expect: LowerBound <claim/trade-2023/value> - Violation

DELETE { <claim/trade-2023/value> lod:comparator ?old }
INSERT { <claim/trade-2023/value> lod:comparator lod:justOver }
WHERE { <claim/trade-2023/value> lod:comparator ?old } ;
DELETE WHERE { <claim/trade-2023/value> schema:minValue ?old } ;
INSERT DATA { <claim/trade-2023/value> schema:value 28000000000 }
