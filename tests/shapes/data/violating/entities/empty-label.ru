# A label that is empty.
# expect: Entity <entity/ufa> rdfs:label Violation

DELETE { <entity/ufa> rdfs:label ?old }
INSERT { <entity/ufa> rdfs:label ""@en }
WHERE { <entity/ufa> rdfs:label ?old }
