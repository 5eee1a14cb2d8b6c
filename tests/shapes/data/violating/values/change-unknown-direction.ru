# A direction that does not exist.
# expect: Change <claim/currencies/change> lod:direction Violation

DELETE { <claim/currencies/change> lod:direction ?old }
INSERT { <claim/currencies/change> lod:direction lod:sideways }
WHERE { <claim/currencies/change> lod:direction ?old }
