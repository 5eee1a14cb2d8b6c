# A quantity where an organisation is expected.
# expect: Range <claim/organisations/1> - Violation

DELETE { <claim/organisations/1> lod:value ?old }
INSERT { <claim/organisations/1> lod:value <claim/schools/value> }
WHERE { <claim/organisations/1> lod:value ?old }
