# At most, with a value.
# expect: UpperBound <claim/projects/value> - Violation

DELETE { <claim/projects/value> lod:comparator ?old }
INSERT { <claim/projects/value> lod:comparator lod:atMost }
WHERE { <claim/projects/value> lod:comparator ?old }
