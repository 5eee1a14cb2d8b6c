# A value that rel:role does not take.
# expect: QualifierValues <claim/teachers> rel:role Violation

INSERT DATA { <claim/teachers> rel:role <entity/ufa> }
