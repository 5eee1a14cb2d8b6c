# Another name that is empty.
# expect: Entity <entity/kazakhstan> skos:altLabel Violation

INSERT DATA { <entity/kazakhstan> skos:altLabel ""@en }
