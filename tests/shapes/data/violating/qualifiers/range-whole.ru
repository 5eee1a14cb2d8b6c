# A value that rel:whole does not take.
# expect: QualifierValues <claim/teachers> rel:whole Violation

INSERT DATA { <claim/teachers> rel:whole <claim/schools/value> }
