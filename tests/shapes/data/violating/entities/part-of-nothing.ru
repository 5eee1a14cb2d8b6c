# A whole that is not described.
# expect: Entity <entity/regions> dcterms:isPartOf Violation

DELETE { <entity/regions> dcterms:isPartOf ?old }
INSERT { <entity/regions> dcterms:isPartOf <entity/nothing> }
WHERE { <entity/regions> dcterms:isPartOf ?old }
