# A value that rel:basis does not take.
# expect: QualifierValues <claim/teachers> rel:basis Violation

INSERT DATA { <claim/teachers> rel:basis <entity/guild> }
