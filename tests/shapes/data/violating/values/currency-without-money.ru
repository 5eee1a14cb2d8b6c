# A currency on what is no money.
# expect: Currency <claim/trade-2023/value> - Violation
# expect: Range <claim/trade-2023> - Violation

DELETE DATA { <claim/trade-2023/value> a schema:MonetaryAmount }
