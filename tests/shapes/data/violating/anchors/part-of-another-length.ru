# A part whose quote and position differ in length.
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/organisations/anchor/1>

DELETE { <claim/organisations/anchor/1/position/2> oa:end ?end }
INSERT { <claim/organisations/anchor/1/position/2> oa:end ?shorter }
WHERE { <claim/organisations/anchor/1/position/2> oa:end ?end . BIND (?end - 1 AS ?shorter) }
