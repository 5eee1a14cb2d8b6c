# A comparison that is none.
# expect: Claim <claim/forum-address> lod:comparedWith Violation

INSERT DATA { <claim/forum-address> lod:comparedWith <claim/projects/value> }
