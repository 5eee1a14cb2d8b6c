# A comparison with a thing.
# expect: Comparison <claim/unemployment/comparedWith> lod:value Violation

DELETE { <claim/unemployment/comparedWith> lod:value ?old }
INSERT { <claim/unemployment/comparedWith> lod:value <entity/ufa> }
WHERE { <claim/unemployment/comparedWith> lod:value ?old } ;
DELETE WHERE { <claim/unemployment/comparedWith/value> lod:during ?old }
