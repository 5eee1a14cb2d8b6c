# The document as the subject of a claim.

DELETE { <claim/useful> lod:subject ?old }
INSERT { <claim/useful> lod:subject <document> }
WHERE { <claim/useful> lod:subject ?old }
