# A claim that belongs to no statement.
# expect: Claim <claim/branch> lod:statement Violation

DELETE WHERE { <claim/branch> lod:statement ?old }
