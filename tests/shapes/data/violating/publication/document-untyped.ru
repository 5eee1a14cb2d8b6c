# A document that is none.
# expect: Authored <entity/ufa> - Violation
# expect: Document <entity/ufa> - Violation

INSERT DATA { <text/2> schema:encodesCreativeWork <entity/ufa> } ;
INSERT DATA { <entity/ufa> schema:inLanguage "en" }
