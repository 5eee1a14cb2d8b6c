# A property without domain and range.
# expect: PropertyTerm own:digs schema:domainIncludes Violation
# expect: PropertyTerm own:digs schema:rangeIncludes Violation

DELETE WHERE { own:digs schema:domainIncludes ?old } ;
DELETE WHERE { own:digs schema:rangeIncludes ?old }
