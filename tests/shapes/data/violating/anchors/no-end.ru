# A position without an end.
# expect: Position <claim/forum-address/anchor/1/position> oa:end Violation

DELETE WHERE { <claim/forum-address/anchor/1/position> oa:end ?old }
