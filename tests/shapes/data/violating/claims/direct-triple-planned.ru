# A planned claim with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/forum-address>

INSERT DATA { <entity/tokayev> rel:speaksAt <entity/forum> }
