# A term without an English label and definition.
# expect: Term own:Mine rdfs:label Violation
# expect: Term own:Mine skos:definition Violation

DELETE { own:Mine rdfs:label ?old }
INSERT { own:Mine rdfs:label "Bergwerk"@de }
WHERE { own:Mine rdfs:label ?old } ;
DELETE { own:Mine skos:definition ?old }
INSERT { own:Mine skos:definition "Ein Bergwerk."@de }
WHERE { own:Mine skos:definition ?old }
