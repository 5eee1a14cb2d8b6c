# A creator whose page is no address.
# expect: Agent <publisher> foaf:page Violation

INSERT DATA { <dataset> dcterms:creator <publisher> . <publisher> foaf:page "example.org" }
