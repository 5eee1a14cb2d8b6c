# An anchor on which nothing rests.
# expect: Anchor <claim/ghost/anchor/1> path Violation

INSERT DATA { <claim/ghost/anchor/1> prov:wasQuotedFrom <document> .
  <claim/ghost/anchor/1> a oa:SpecificResource .
  <claim/ghost/anchor/1> oa:hasSource <text/8c2f5e1d9a40> .
  <claim/ghost/anchor/1> oa:hasSelector <claim/ghost/anchor/1/quote> .
  <claim/ghost/anchor/1> oa:hasSelector <claim/ghost/anchor/1/position> .
  <claim/ghost/anchor/1> lod:sentence 1 .
  <claim/ghost/anchor/1> lod:paragraph 1 .
  <claim/ghost/anchor/1/quote> a oa:TextQuoteSelector .
  <claim/ghost/anchor/1/quote> oa:exact "Last" .
  <claim/ghost/anchor/1/position> a oa:TextPositionSelector .
  <claim/ghost/anchor/1/position> oa:start 0 .
  <claim/ghost/anchor/1/position> oa:end 4 }
