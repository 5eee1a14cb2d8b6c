# A position that ends before its start.
# expect: Position <claim/forum-address/anchor/1/position> oa:start Violation

DELETE { <claim/forum-address/anchor/1/position> oa:start ?old }
INSERT { <claim/forum-address/anchor/1/position> oa:start 9999 }
WHERE { <claim/forum-address/anchor/1/position> oa:start ?old }
