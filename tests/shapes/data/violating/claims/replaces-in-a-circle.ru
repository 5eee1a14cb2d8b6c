# Two claims that replace each other.
# expect: Claim <claim/ships-corrected> path Violation
# expect: Claim <claim/ships> path Violation

INSERT DATA { <claim/ships> lod:replaces <claim/ships-corrected> }
