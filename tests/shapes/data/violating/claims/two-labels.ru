# Two labels in one language.
# expect: Claim <claim/forum-address> rdfs:label Violation

INSERT DATA { <claim/forum-address> rdfs:label "Another sentence."@en }
