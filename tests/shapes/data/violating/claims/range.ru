# A member of a person.
# expect: Range <claim/organisations/1> - Violation

DELETE { <claim/organisations/1> lod:value ?old }
INSERT { <claim/organisations/1> lod:value <entity/tokayev> }
WHERE { <claim/organisations/1> lod:value ?old }
