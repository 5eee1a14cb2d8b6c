# An outer speaker who is the inner speaker.
# expect: Claim <claim/ships> lod:through Violation

DELETE { <claim/ships> lod:through ?old }
INSERT { <claim/ships> lod:through <entity/harbor-masters> }
WHERE { <claim/ships> lod:through ?old }
