# An entity without a label.
# expect: EntityLabel <entity/ufa> - Violation

DELETE WHERE { <entity/ufa> rdfs:label ?old }
