# A position that is longer than the quote.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/forum-address/anchor/1>

DELETE { <claim/forum-address/anchor/1/position> oa:end ?end }
INSERT { <claim/forum-address/anchor/1/position> oa:end ?longer }
WHERE { <claim/forum-address/anchor/1/position> oa:end ?end . BIND (?end + 1 AS ?longer) }
