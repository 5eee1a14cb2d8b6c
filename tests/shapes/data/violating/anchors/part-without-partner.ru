# A quote whose part no position has.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/organisations/anchor/1>

DELETE { <claim/organisations/anchor/1/position/3> lod:part ?old }
INSERT { <claim/organisations/anchor/1/position/3> lod:part 7 }
WHERE { <claim/organisations/anchor/1/position/3> lod:part ?old }
