# A property that is not in the vocabulary.
# expect: Claim <claim/forum-address> lod:property Violation

DELETE { <claim/forum-address> lod:property ?old }
INSERT { <claim/forum-address> lod:property rel:speeksAt }
WHERE { <claim/forum-address> lod:property ?old }
