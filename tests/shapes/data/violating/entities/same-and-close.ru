# One item, both the same and close.
# expect: Entity <entity/ufa> skos:closeMatch Violation

INSERT DATA { <entity/ufa> skos:closeMatch wd:Q911 }
