# A position that belongs to no anchor.
# expect: Position <claim/ghost/anchor/1/position> path Violation

INSERT DATA {
  <claim/ghost/anchor/1/position> a oa:TextPositionSelector .
  <claim/ghost/anchor/1/position> oa:start 0 .
  <claim/ghost/anchor/1/position> oa:end 4 }
