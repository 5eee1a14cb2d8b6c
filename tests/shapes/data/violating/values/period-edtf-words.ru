# Words where an EDTF value must stand.
# expect: Period <claim/trade-2023/period> lod:edtf Violation

DELETE { <claim/trade-2023/period> lod:edtf ?old }
INSERT { <claim/trade-2023/period> lod:edtf "last year" }
WHERE { <claim/trade-2023/period> lod:edtf ?old }
