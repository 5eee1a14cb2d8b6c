# A claim without its quote.
# expect: Claim <claim/branch> lod:quote Violation

DELETE WHERE { <claim/branch> lod:quote ?old }
