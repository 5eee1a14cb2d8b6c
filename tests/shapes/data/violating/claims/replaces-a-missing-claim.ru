# A claim that replaces one that is not there.
# expect: Claim <claim/forum-address> lod:replaces Violation

INSERT DATA { <claim/forum-address> lod:replaces <claim/nothing> }
