# A chain that is no list.
# expect: Claim <claim/ships> lod:speakers Violation

DELETE { <claim/ships> lod:speakers ?old } INSERT { <claim/ships> lod:speakers <entity/okafor> } WHERE { <claim/ships> lod:speakers ?old }
