# Words for a property that takes things.
# expect: RangeOfWords <claim/capital> - Violation

DELETE WHERE { <claim/capital> lod:value ?old } ;
DELETE { <claim/capital> lod:property ?old }
INSERT { <claim/capital> lod:property rel:memberOf }
WHERE { <claim/capital> lod:property ?old } ;
INSERT DATA { <claim/capital> lod:literal "the union"@en }
