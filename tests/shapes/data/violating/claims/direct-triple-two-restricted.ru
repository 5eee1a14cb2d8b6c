# Two restricted claims that say the same triple do not make it stand.
# expect: DocumentOfClaims <document> - Violation <claim/oil-route/1>
# expect: DocumentOfClaims <document> - Violation <claim/oil-route/2>

INSERT DATA { <entity/oil-exports> rel:passesThrough <entity/russia> } ;
INSERT DATA { <claim/oil-route/2> lod:value <entity/russia> } ;
DELETE DATA { <claim/oil-route/2> lod:value <entity/black-sea> }
