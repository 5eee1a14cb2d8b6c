# A claim that affirms and denies.
# expect: Claim <claim/forum-address> lod:polarity Violation

INSERT DATA { <claim/forum-address> lod:polarity lod:negative }
