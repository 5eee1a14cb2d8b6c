# A change with an amount that is no quantity.
# expect: ChangeWithAmount <claim/currencies/change> - Violation

INSERT DATA { <claim/currencies/change> schema:value 3 }
