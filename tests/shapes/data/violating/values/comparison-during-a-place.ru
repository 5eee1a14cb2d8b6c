# A comparison with the time of a place.
# expect: Comparison <claim/unemployment/comparedWith> lod:during Violation
# expect: Quantity <claim/unemployment/comparedWith/value> lod:during Violation

DELETE { <claim/unemployment/comparedWith> lod:during ?old }
INSERT { <claim/unemployment/comparedWith> lod:during <entity/ufa> }
WHERE { <claim/unemployment/comparedWith> lod:during ?old } ;
DELETE { <claim/unemployment/comparedWith/value> lod:during ?old }
INSERT { <claim/unemployment/comparedWith/value> lod:during <entity/ufa> }
WHERE { <claim/unemployment/comparedWith/value> lod:during ?old }
