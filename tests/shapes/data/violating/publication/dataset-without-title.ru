# A dataset without a title.
# expect: Dataset <dataset> dcterms:title Violation

DELETE WHERE { <dataset> dcterms:title ?old }
