# An outer speaker who cannot speak.
# expect: Claim <claim/ships> lod:through Violation

DELETE { <claim/ships> lod:through ?old }
INSERT { <claim/ships> lod:through <entity/energy> }
WHERE { <claim/ships> lod:through ?old }
