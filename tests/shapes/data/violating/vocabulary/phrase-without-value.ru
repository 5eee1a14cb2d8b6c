# A phrase without its value.
# expect: PropertyTerm own:digs lod:phrase Violation

DELETE { own:digs lod:phrase ?old }
INSERT { own:digs lod:phrase "{s} digs"@en }
WHERE { own:digs lod:phrase ?old }
