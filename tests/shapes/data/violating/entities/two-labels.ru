# Two labels in one language.
# expect: Entity <entity/ufa> rdfs:label Violation

INSERT DATA { <entity/ufa> rdfs:label "Ufa city"@en }
