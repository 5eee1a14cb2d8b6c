# A term without an English label and definition.
# expect: TermInEnglish own:Mine - Violation

DELETE { own:Mine rdfs:label ?old }
INSERT { own:Mine rdfs:label "Bergwerk"@de }
WHERE { own:Mine rdfs:label ?old } ;
DELETE { own:Mine skos:definition ?old }
INSERT { own:Mine skos:definition "Ein Bergwerk."@de }
WHERE { own:Mine skos:definition ?old }
