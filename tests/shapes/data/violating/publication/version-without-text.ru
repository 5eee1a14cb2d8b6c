# A version that has no text and does not say of what it is one.
# expect: Document <document> dcterms:hasVersion Violation

INSERT DATA { <document> dcterms:hasVersion <elsewhere> }
