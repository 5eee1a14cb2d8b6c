# A precision that does not exist.
# expect: Period <claim/trade-2023/period> lod:precision Violation

DELETE { <claim/trade-2023/period> lod:precision ?old }
INSERT { <claim/trade-2023/period> lod:precision lod:week }
WHERE { <claim/trade-2023/period> lod:precision ?old }
