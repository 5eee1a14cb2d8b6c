# A qualifier that does not say whether it narrows.
# expect: QualifierTerm own:depth lod:narrows Violation

DELETE WHERE { own:depth lod:narrows ?old }
