# Money without a currency.
# expect: Money <claim/trade-2023/value> schema:currency Violation

DELETE WHERE { <claim/trade-2023/value> schema:currency ?old }
