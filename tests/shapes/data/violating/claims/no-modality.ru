# A claim without a modality.
# expect: Claim <claim/forum-address> lod:modality Violation

DELETE WHERE { <claim/forum-address> lod:modality ?old }
