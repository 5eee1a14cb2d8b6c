# An emoji that was counted as two code units.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/useful/anchor/1>

DELETE { <claim/useful/anchor/1/position> oa:end ?end }
INSERT { <claim/useful/anchor/1/position> oa:end ?longer }
WHERE { <claim/useful/anchor/1/position> oa:end ?end . BIND (?end + 1 AS ?longer) }
