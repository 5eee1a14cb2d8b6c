# A dataset without a licence.
# expect: Dataset <dataset> dcterms:license Violation

DELETE WHERE { <dataset> dcterms:license ?old }
