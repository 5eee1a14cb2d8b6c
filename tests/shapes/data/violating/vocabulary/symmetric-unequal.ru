# A symmetric property whose sides differ.
# expect: SymmetricTerm own:adjoins schema:domainIncludes Violation

INSERT DATA { own:adjoins schema:domainIncludes rel:Person }
