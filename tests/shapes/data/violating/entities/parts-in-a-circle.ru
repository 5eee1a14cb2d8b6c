# Two entities that are parts of each other.
# expect: Entity <entity/regions> path Violation
# expect: Entity <entity/russia> path Violation

INSERT DATA { <entity/russia> dcterms:isPartOf <entity/regions> }
