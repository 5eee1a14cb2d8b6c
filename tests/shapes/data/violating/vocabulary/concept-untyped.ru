# A value of an enumeration that is no concept.
# expect: ConceptTerm own:deep - Violation

DELETE DATA { own:deep a skos:Concept }
