# A claim that denies an entity.
# expect: Claim <claim/forum-address> lod:denies Violation

INSERT DATA { <claim/forum-address> lod:denies <entity/ufa> }
