# An author who cannot write.
# expect: Document <document> schema:author Violation

INSERT DATA { <document> schema:author <entity/ufa> }
