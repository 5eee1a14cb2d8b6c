# A member that is not described.
# expect: Entity <entity/both> schema:member Violation

INSERT DATA { <entity/both> schema:member <entity/nobody> }
