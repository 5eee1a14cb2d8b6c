# An amount of money with a unit code.
# expect: UnitOfMoney <claim/trade-2023/value> schema:unitCode Violation

INSERT DATA { <claim/trade-2023/value> schema:unitCode unit:PERCENT }
