# A claim that belongs to no dataset.
# expect: Claim <claim/branch> void:inDataset Violation

DELETE WHERE { <claim/branch> void:inDataset ?old }
