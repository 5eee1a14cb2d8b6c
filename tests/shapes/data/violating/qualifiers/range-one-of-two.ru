# One of two values does not fit.
# expect: QualifierValues <claim/forum-date> rel:inPlace Violation

INSERT DATA { <claim/forum-date> rel:inPlace <entity/tokayev> }
