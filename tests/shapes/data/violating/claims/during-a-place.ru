# A time that is no period.
# expect: Claim <claim/forum-address> lod:during Violation

INSERT DATA { <claim/forum-address> lod:during <entity/ufa> }
