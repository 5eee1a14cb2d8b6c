# Parts that are counted from 0.
# expect: Position <claim/organisations/anchor/1/position/1> lod:part Violation
# expect: Quote <claim/organisations/anchor/1/quote/1> lod:part Violation

DELETE { <claim/organisations/anchor/1/quote/1> lod:part ?old }
INSERT { <claim/organisations/anchor/1/quote/1> lod:part 0 }
WHERE { <claim/organisations/anchor/1/quote/1> lod:part ?old } ;
DELETE { <claim/organisations/anchor/1/position/1> lod:part ?old }
INSERT { <claim/organisations/anchor/1/position/1> lod:part 0 }
WHERE { <claim/organisations/anchor/1/position/1> lod:part ?old }
