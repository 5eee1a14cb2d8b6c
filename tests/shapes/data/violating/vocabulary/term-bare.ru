# A class that says nothing of itself.
# expect: Term own:Bare rdfs:isDefinedBy Violation
# expect: Term own:Bare rdfs:label Violation
# expect: TermInEnglish own:Bare - Violation

INSERT DATA { own:Bare a owl:Class }
