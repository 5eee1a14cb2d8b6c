# Two quotes with one part number.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/organisations/anchor/1>

DELETE { <claim/organisations/anchor/1/quote/3> lod:part ?old }
INSERT { <claim/organisations/anchor/1/quote/3> lod:part 2 }
WHERE { <claim/organisations/anchor/1/quote/3> lod:part ?old }
