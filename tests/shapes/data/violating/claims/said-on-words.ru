# A day of utterance in words.
# expect: Claim <claim/left-guild> lod:saidOn Violation

DELETE { <claim/left-guild> lod:saidOn ?old }
INSERT { <claim/left-guild> lod:saidOn "Monday" }
WHERE { <claim/left-guild> lod:saidOn ?old }
