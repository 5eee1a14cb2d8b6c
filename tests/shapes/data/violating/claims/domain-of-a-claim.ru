# A claim as the subject of a property of people.
# expect: Domain <claim/helps> - Violation

DELETE { <claim/helps> lod:property ?old }
INSERT { <claim/helps> lod:property rel:memberOf }
WHERE { <claim/helps> lod:property ?old } ;
DELETE { <claim/helps> lod:value ?old }
INSERT { <claim/helps> lod:value <entity/guild> }
WHERE { <claim/helps> lod:value ?old } ;
DELETE DATA { <claim/trade-2023> rel:contributesTo <entity/both> }
