# A value that rel:rank does not take.
# expect: QualifierValues <claim/teachers> rel:rank Violation

INSERT DATA { <claim/teachers> rel:rank <entity/guild> }
