# A judgement with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/useful>

INSERT DATA { <entity/guild> rel:describedAs "useful and strong"@en }
