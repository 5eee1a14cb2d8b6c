# A stated gap in no language.
# expect: Claim <claim/teachers> lod:unknown Violation

DELETE { <claim/teachers> lod:unknown ?old }
INSERT { <claim/teachers> lod:unknown "not available" }
WHERE { <claim/teachers> lod:unknown ?old }
