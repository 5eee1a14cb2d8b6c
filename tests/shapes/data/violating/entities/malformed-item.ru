# A malformed item id.
# expect: Entity <entity/ufa> owl:sameAs Violation

DELETE { <entity/ufa> owl:sameAs ?old }
INSERT { <entity/ufa> owl:sameAs <http://www.wikidata.org/entity/Q9i1> }
WHERE { <entity/ufa> owl:sameAs ?old }
