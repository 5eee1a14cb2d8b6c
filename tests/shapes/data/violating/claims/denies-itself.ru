# A claim that denies itself.
# expect: Denial <claim/forum-address> - Violation <claim/forum-address>

INSERT DATA { <claim/forum-address> lod:denies <claim/forum-address> }
