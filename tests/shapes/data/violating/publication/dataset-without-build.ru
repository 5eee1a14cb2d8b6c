# A dataset that no build made.
# expect: Dataset <dataset> prov:wasGeneratedBy Violation

DELETE WHERE { <dataset> prov:wasGeneratedBy ?old }
