# A thing of a class that only another vocabulary has, as the value of a property for things.

INSERT DATA {
  <entity/bridge> a schema:Bridge .
  <entity/bridge> a rel:Thing .
  <entity/bridge> rdfs:label "bridge"@en } ;
DELETE { <claim/helps> lod:value ?old }
INSERT { <claim/helps> lod:value <entity/bridge> }
WHERE { <claim/helps> lod:value ?old } ;
DELETE DATA { <claim/trade-2023> rel:contributesTo <entity/both> }
