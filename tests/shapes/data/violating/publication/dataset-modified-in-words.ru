# A date of change in words.
# expect: Dataset <dataset> dcterms:modified Violation

DELETE { <dataset> dcterms:modified ?old }
INSERT { <dataset> dcterms:modified "today" }
WHERE { <dataset> dcterms:modified ?old }
