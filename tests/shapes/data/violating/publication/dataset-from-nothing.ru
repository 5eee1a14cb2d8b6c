# A dataset from no document.
# expect: Dataset <dataset> prov:wasDerivedFrom Violation

DELETE WHERE { <dataset> prov:wasDerivedFrom ?old }
