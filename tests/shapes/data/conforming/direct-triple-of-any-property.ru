# A property of another vocabulary that is said of a claim.

DELETE { <claim/helps> lod:property ?old }
INSERT { <claim/helps> lod:property schema:citation }
WHERE { <claim/helps> lod:property ?old } ;
DELETE DATA { <claim/trade-2023> rel:contributesTo <entity/both> } ;
INSERT DATA { <claim/trade-2023> schema:citation <entity/both> }
