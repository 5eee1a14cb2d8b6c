# A wording in no language.
# expect: Quantity <claim/projects/value> lod:wording Violation

DELETE { <claim/projects/value> lod:wording ?old }
INSERT { <claim/projects/value> lod:wording "about 150" }
WHERE { <claim/projects/value> lod:wording ?old }
