# Two values.
# expect: Claim <claim/capital> lod:value Violation
# expect: Claim <claim/capital> path Violation

INSERT DATA { <claim/capital> lod:value <entity/russia> }
