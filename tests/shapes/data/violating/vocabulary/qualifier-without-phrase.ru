# A qualifier without its phrase.
# expect: QualifierPhrased own:depth - Violation

DELETE WHERE { own:depth lod:qualifierPhrase ?old } ;
INSERT DATA { own:depth lod:phrase "{s} has the depth {o}"@en }
