# A description in no language.
# expect: Dataset <dataset> dcterms:description Violation

DELETE { <dataset> dcterms:description ?old }
INSERT { <dataset> dcterms:description "What it is." }
WHERE { <dataset> dcterms:description ?old }
