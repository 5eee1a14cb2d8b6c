# Parts that do not stand in the order of the text.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/organisations/anchor/1>

DELETE { <claim/organisations/anchor/1/quote/1> lod:part ?old }
INSERT { <claim/organisations/anchor/1/quote/1> lod:part 4 }
WHERE { <claim/organisations/anchor/1/quote/1> lod:part ?old } ;
DELETE { <claim/organisations/anchor/1/position/1> lod:part ?old }
INSERT { <claim/organisations/anchor/1/position/1> lod:part 4 }
WHERE { <claim/organisations/anchor/1/position/1> lod:part ?old }
