# An item that is named by its page.
# expect: Entity <entity/ufa> owl:sameAs Violation

DELETE { <entity/ufa> owl:sameAs ?old }
INSERT { <entity/ufa> owl:sameAs <https://www.wikidata.org/wiki/Q911> }
WHERE { <entity/ufa> owl:sameAs ?old }
