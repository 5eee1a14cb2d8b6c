# A value that rel:condition does not take.
# expect: QualifierValues <claim/teachers> rel:condition Violation

INSERT DATA { <claim/teachers> rel:condition <claim/schools/value> }
