# A statement of its own for one claim.
# expect: Statement <claim/lone> path Violation

INSERT DATA { <claim/lone> a lod:Statement }
