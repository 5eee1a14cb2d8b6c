# A position without a start.
# expect: Position <claim/branch/anchor/1/position> oa:start Violation

DELETE WHERE { <claim/branch/anchor/1/position> oa:start ?old }
