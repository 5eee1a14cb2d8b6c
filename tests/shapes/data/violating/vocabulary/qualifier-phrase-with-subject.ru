# The phrase of a qualifier with a subject.
# expect: QualifierTerm own:depth lod:qualifierPhrase Violation

DELETE { own:depth lod:qualifierPhrase ?old }
INSERT { own:depth lod:qualifierPhrase "{s} at a depth of {o}"@en }
WHERE { own:depth lod:qualifierPhrase ?old }
