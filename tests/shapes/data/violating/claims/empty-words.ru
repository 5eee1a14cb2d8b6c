# A value in words that is empty.
# expect: Claim <claim/useful> lod:literal Violation

DELETE { <claim/useful> lod:literal ?old }
INSERT { <claim/useful> lod:literal ""@en }
WHERE { <claim/useful> lod:literal ?old }
