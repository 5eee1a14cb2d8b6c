# A document that was published twice.
# expect: Document <document> schema:datePublished Violation

INSERT DATA { <document> schema:datePublished "2024-11-28"^^xsd:date }
