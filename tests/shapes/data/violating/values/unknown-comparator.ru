# A comparator that does not exist.
# expect: Quantity <claim/projects/value> lod:comparator Violation

DELETE { <claim/projects/value> lod:comparator ?old }
INSERT { <claim/projects/value> lod:comparator lod:moreThen }
WHERE { <claim/projects/value> lod:comparator ?old }
