# A position with a property that it cannot have.
# expect: Position <claim/forum-address/anchor/1/position> rdfs:label Violation

INSERT DATA { <claim/forum-address/anchor/1/position> rdfs:label "here"@en }
