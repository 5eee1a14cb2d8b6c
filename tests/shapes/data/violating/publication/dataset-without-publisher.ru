# A dataset that nobody publishes.
# expect: Dataset <dataset> dcterms:publisher Violation

DELETE WHERE { <dataset> dcterms:publisher ?old }
