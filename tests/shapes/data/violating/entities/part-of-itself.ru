# An entity that is its own part.
# expect: Entity <entity/regions> path Violation

DELETE { <entity/regions> dcterms:isPartOf ?old }
INSERT { <entity/regions> dcterms:isPartOf <entity/regions> }
WHERE { <entity/regions> dcterms:isPartOf ?old }
