# A claim of a share with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/oil-route/1>

INSERT DATA { <entity/oil-exports> rel:passesThrough <entity/russia> }
