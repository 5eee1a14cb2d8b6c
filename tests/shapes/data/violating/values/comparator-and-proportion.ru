# A comparator and a proportion.
# expect: Proportion <claim/projects/value> path Violation
# expect: Quantity <claim/projects/value> path Violation

INSERT DATA { <claim/projects/value> lod:proportion lod:most }
