# A value that rel:frequency does not take.
# expect: QualifierValues <claim/teachers> rel:frequency Violation

INSERT DATA { <claim/teachers> rel:frequency <entity/guild> }
