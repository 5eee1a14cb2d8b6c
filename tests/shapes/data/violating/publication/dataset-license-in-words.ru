# A licence in words.
# expect: Dataset <dataset> dcterms:license Violation

DELETE { <dataset> dcterms:license ?old }
INSERT { <dataset> dcterms:license "CC0" }
WHERE { <dataset> dcterms:license ?old }
