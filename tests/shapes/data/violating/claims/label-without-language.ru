# A label in no language.
# expect: Claim <claim/forum-address> rdfs:label Violation

DELETE { <claim/forum-address> rdfs:label ?old }
INSERT { <claim/forum-address> rdfs:label "He speaks." }
WHERE { <claim/forum-address> rdfs:label ?old }
