# A label that is empty.
# expect: Claim <claim/forum-address> rdfs:label Violation

DELETE { <claim/forum-address> rdfs:label ?old }
INSERT { <claim/forum-address> rdfs:label ""@en }
WHERE { <claim/forum-address> rdfs:label ?old }
