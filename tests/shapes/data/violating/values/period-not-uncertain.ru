# A period that is said not to be uncertain.
# expect: Period <claim/unemployment/comparedWith/period> lod:uncertain Violation

DELETE { <claim/unemployment/comparedWith/period> lod:uncertain ?old }
INSERT { <claim/unemployment/comparedWith/period> lod:uncertain false }
WHERE { <claim/unemployment/comparedWith/period> lod:uncertain ?old }
