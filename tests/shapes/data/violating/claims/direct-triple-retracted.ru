# A retracted claim with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/ships>

INSERT DATA { <entity/ships> rel:count <claim/ships/value> }
