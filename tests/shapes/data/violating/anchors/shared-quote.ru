# A quote that belongs to two anchors.
# expect: AnchorPairs <claim/branch/anchor/1> - Violation
# expect: Quote <claim/forum-address/anchor/1/quote> path Violation
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/branch/anchor/1>

INSERT DATA { <claim/branch/anchor/1> oa:hasSelector <claim/forum-address/anchor/1/quote> }
