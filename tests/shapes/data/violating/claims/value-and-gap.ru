# A value and a stated gap.
# expect: Claim <claim/projects> path Violation
# expect: Reported <claim/projects> path Violation

INSERT DATA { <claim/projects> lod:unknown "not known"@en }
