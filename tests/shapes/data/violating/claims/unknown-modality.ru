# A modality that does not exist.
# expect: Claim <claim/forum-address> lod:modality Violation

DELETE { <claim/forum-address> lod:modality ?old }
INSERT { <claim/forum-address> lod:modality lod:hoped }
WHERE { <claim/forum-address> lod:modality ?old }
