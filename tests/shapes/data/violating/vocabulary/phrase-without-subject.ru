# A phrase without its subject.
# expect: PropertyTerm own:digs lod:phrase Violation

DELETE { own:digs lod:phrase ?old }
INSERT { own:digs lod:phrase "digs {o}"@en }
WHERE { own:digs lod:phrase ?old }
