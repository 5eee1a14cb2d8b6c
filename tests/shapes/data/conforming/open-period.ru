# A period whose end is open.

DELETE { <claim/trade-2023/period> lod:edtf ?old }
INSERT { <claim/trade-2023/period> lod:edtf "2023/.." }
WHERE { <claim/trade-2023/period> lod:edtf ?old } ;
DELETE WHERE { <claim/trade-2023/period> schema:endDate ?old } ;
DELETE { <claim/trade-2023/period> lod:precision ?old }
INSERT { <claim/trade-2023/period> lod:precision lod:interval }
WHERE { <claim/trade-2023/period> lod:precision ?old }
