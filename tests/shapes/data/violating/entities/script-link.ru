# A link that is a script.
# expect: Entity <entity/ufa> owl:sameAs Violation

INSERT DATA { <entity/ufa> owl:sameAs <javascript:alert(1)> }
