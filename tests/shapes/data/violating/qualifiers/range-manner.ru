# A value that rel:manner does not take.
# expect: QualifierValues <claim/teachers> rel:manner Violation

INSERT DATA { <claim/teachers> rel:manner <claim/schools/value> }
