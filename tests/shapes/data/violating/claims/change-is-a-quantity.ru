# A change that is no change.
# expect: Claim <claim/forum-address> lod:change Violation

INSERT DATA { <claim/forum-address> lod:change <claim/projects/value> }
