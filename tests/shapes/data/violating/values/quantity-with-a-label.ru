# A quantity with a property that it cannot have.
# expect: Quantity <claim/projects/value> rdfs:label Violation

INSERT DATA { <claim/projects/value> rdfs:label "about 150"@en }
