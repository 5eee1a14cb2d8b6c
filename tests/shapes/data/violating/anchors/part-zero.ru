# Parts that are counted from 0.
# expect: Anchor <claim/organisations/anchor/1> lod:part Violation

DELETE { <claim/organisations/anchor/1> lod:part ?old }
INSERT { <claim/organisations/anchor/1> lod:part 0 }
WHERE { <claim/organisations/anchor/1> lod:part ?old }
