# A version of a document that does not have it as one.
# expect: Document <document> dcterms:isVersionOf Violation

INSERT DATA { <document> dcterms:isVersionOf <elsewhere> }
