# A value of an enumeration that is not declared.
# expect: ConceptTerm own:deep skos:inScheme Violation

DELETE { own:deep skos:inScheme ?old }
INSERT { own:deep skos:inScheme own:nothing }
WHERE { own:deep skos:inScheme ?old }
