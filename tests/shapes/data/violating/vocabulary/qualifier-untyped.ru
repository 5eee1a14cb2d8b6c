# A qualifier phrase on what is no qualifier.
# expect: QualifierTerm own:depth - Violation

DELETE DATA { own:depth a lod:Qualifier }
