# An amount of something that is no claim.
# expect: Quantity <claim/projects/value> lod:amountOf Violation

INSERT DATA { <claim/projects/value> lod:amountOf <entity/projects> }
