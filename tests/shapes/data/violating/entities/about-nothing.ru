# A topic that is not described.
# expect: Entity <entity/trade> schema:about Violation

INSERT DATA { <entity/trade> schema:about <entity/nothing> }
