# A claim with a narrowing qualifier and a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/projects>

INSERT DATA { <claim/projects> rel:field <entity/energy> }
