# A value that rel:dueTo does not take.
# expect: QualifierValues <claim/teachers> rel:dueTo Violation

INSERT DATA { <claim/teachers> rel:dueTo <claim/schools/value> }
