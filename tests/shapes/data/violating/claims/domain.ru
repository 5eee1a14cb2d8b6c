# A city that is a member.
# expect: Domain <claim/organisations/1> - Violation

DELETE { <claim/organisations/1> lod:subject ?old }
INSERT { <claim/organisations/1> lod:subject <entity/ufa> }
WHERE { <claim/organisations/1> lod:subject ?old }
