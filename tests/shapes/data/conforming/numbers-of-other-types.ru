# Positions as Web Annotation types them.

DELETE { <claim/schools/anchor/1/position> oa:start ?old }
INSERT { <claim/schools/anchor/1/position> oa:start ?new }
WHERE { <claim/schools/anchor/1/position> oa:start ?old . BIND (STRDT(STR(?old), xsd:nonNegativeInteger) AS ?new) } ;
DELETE { <claim/schools/anchor/1/position> oa:end ?old }
INSERT { <claim/schools/anchor/1/position> oa:end ?new }
WHERE { <claim/schools/anchor/1/position> oa:end ?old . BIND (STRDT(STR(?old), xsd:nonNegativeInteger) AS ?new) }
