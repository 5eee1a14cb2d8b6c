# A claim of a change with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/unemployment>

INSERT DATA { <entity/unemployment> rel:amount <claim/unemployment/value> }
