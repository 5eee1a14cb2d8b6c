# One of two values does not fit.
# expect: QualifierValues <claim/forum-date> rel:location Violation

INSERT DATA { <claim/forum-date> rel:location <entity/tokayev> }
