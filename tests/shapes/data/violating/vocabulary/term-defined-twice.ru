# A second definition in one language.
# expect: Term own:Mine skos:definition Violation

INSERT DATA { own:Mine skos:definition "A second definition."@en }
