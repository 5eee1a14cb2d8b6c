# A close match that is no item.
# expect: Entity <entity/energy> skos:closeMatch Violation

DELETE { <entity/energy> skos:closeMatch ?old }
INSERT { <entity/energy> skos:closeMatch "Q12705" }
WHERE { <entity/energy> skos:closeMatch ?old }
