# A reported graph of no dataset.
# expect: ReportedGraph <reported/okafor> void:inDataset Violation

DELETE WHERE { <reported/okafor> void:inDataset ?old }
