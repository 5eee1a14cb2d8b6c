# A start below 0.
# expect: Position <claim/forum-address/anchor/1/position> oa:start Violation

DELETE { <claim/forum-address/anchor/1/position> oa:start ?old }
INSERT { <claim/forum-address/anchor/1/position> oa:start -1 }
WHERE { <claim/forum-address/anchor/1/position> oa:start ?old }
