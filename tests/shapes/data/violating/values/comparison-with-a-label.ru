# A comparison with a property that it cannot have.
# expect: Comparison <claim/unemployment/comparedWith> rdfs:label Violation

INSERT DATA { <claim/unemployment/comparedWith> rdfs:label "a year earlier"@en }
