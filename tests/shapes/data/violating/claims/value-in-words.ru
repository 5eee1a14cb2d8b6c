# Words where a resource must stand.
# expect: Claim <claim/capital> lod:value Violation

DELETE { <claim/capital> lod:value ?old }
INSERT { <claim/capital> lod:value "Astana" }
WHERE { <claim/capital> lod:value ?old }
