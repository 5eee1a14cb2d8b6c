# Two items for one entity.
# expect: Entity <entity/ufa> owl:sameAs Violation

INSERT DATA { <entity/ufa> owl:sameAs wd:Q649 }
