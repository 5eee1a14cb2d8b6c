# An organisation that is a city too.
# expect: OrganizationAlone <entity/guild> - Violation

INSERT DATA { <entity/guild> a rel:City , rel:Place }
