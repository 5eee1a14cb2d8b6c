# An expected claim with a direct triple.
# expect: DocumentOfClaims <document> - Violation <claim/branch>

INSERT DATA { <entity/mgimo> rel:hasBranchIn <entity/astana> }
