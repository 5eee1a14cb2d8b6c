# A day after which somebody should look, in words.
# expect: Claim <claim/left-guild> lod:staleAfter Violation

INSERT DATA { <claim/left-guild> lod:staleAfter "Monday" }
