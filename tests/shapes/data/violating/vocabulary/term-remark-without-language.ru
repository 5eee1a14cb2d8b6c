# A remark in no language.
# expect: Term own:Mine rdfs:comment Violation

INSERT DATA { own:Mine rdfs:comment "No language." }
