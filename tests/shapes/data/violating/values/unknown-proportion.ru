# A proportion that does not exist.
# expect: Quantity <claim/regions/share> lod:proportion Violation

DELETE { <claim/regions/share> lod:proportion ?old }
INSERT { <claim/regions/share> lod:proportion lod:lots }
WHERE { <claim/regions/share> lod:proportion ?old }
