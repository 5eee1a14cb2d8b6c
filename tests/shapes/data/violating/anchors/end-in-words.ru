# An end that is no number.
# expect: Position <claim/branch/anchor/1/position> oa:end Violation
# expect: Position <claim/branch/anchor/1/position> oa:start Violation

DELETE { <claim/branch/anchor/1/position> oa:end ?old } INSERT { <claim/branch/anchor/1/position> oa:end "500" } WHERE { <claim/branch/anchor/1/position> oa:end ?old }
