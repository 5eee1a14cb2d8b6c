# A symmetric property with an inverse phrase.
# expect: SymmetricTerm own:adjoins lod:inversePhrase Violation

INSERT DATA { own:adjoins lod:inversePhrase "{o} adjoins {s}"@en }
