# A share that is no quantity.
# expect: Claim <claim/forum-address> lod:share Violation

INSERT DATA { <claim/forum-address> lod:share <entity/ufa> }
