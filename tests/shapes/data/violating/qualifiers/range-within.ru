# A value that rel:within does not take.
# expect: QualifierValues <claim/teachers> rel:within Violation

INSERT DATA { <claim/teachers> rel:within <entity/tokayev> }
