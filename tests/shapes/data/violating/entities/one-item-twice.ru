# Two entities for one item.
# expect: Entity <entity/black-sea> owl:sameAs Violation
# expect: Entity <entity/harbor-masters> owl:sameAs Violation

INSERT DATA { <entity/harbor-masters> owl:sameAs wd:Q166 }
