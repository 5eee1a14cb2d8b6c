# A denied claim with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/left-guild>

INSERT DATA { <entity/harbor-masters> rel:status "has left the guild"@en }
