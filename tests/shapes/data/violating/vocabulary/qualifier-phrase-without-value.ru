# The phrase of a qualifier without its value.
# expect: QualifierTerm own:depth lod:qualifierPhrase Violation

DELETE { own:depth lod:qualifierPhrase ?old }
INSERT { own:depth lod:qualifierPhrase "at a depth"@en }
WHERE { own:depth lod:qualifierPhrase ?old }
