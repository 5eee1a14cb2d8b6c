# A quote that belongs to two anchors.
# expect: Anchor <claim/branch/anchor/1> oa:hasSelector Violation
# expect: Quote <claim/forum-address/anchor/1/quote> path Violation

INSERT DATA { <claim/branch/anchor/1> oa:hasSelector <claim/forum-address/anchor/1/quote> }
