# A field that is a person.
# expect: QualifierValues <claim/regions> rel:field Violation

DELETE { <claim/regions> rel:field ?old }
INSERT { <claim/regions> rel:field <entity/tokayev> }
WHERE { <claim/regions> rel:field ?old }
