# A quote with a property that it cannot have.
# expect: Quote <claim/forum-address/anchor/1/quote> rdfs:label Violation

INSERT DATA { <claim/forum-address/anchor/1/quote> rdfs:label "here"@en }
