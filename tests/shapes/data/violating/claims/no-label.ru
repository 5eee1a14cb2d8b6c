# A claim without a label.
# expect: Claim <claim/forum-address> rdfs:label Violation

DELETE WHERE { <claim/forum-address> rdfs:label ?old }
