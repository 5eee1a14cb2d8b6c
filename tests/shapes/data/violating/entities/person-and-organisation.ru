# A person that is an organisation too.
# expect: PersonAlone <entity/okafor> - Violation

INSERT DATA { <entity/okafor> a rel:Organization }
