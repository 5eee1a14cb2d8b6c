# A claim that becomes offered while its direct triple stays.
# expect: DocumentOfClaims <document> - Violation <claim/organisations/1>

DELETE { <claim/organisations/1> lod:modality ?old }
INSERT { <claim/organisations/1> lod:modality lod:offered }
WHERE { <claim/organisations/1> lod:modality ?old }
