# A trade volume that is no money.
# expect: Range <claim/trade-2023> - Violation

DELETE { <claim/trade-2023> lod:value ?old }
INSERT { <claim/trade-2023> lod:value <claim/projects/value> }
WHERE { <claim/trade-2023> lod:value ?old } ;
INSERT DATA { <claim/projects/value> lod:during <claim/trade-2023/period> } ;
INSERT DATA { <claim/projects> lod:during <claim/trade-2023/period> }
