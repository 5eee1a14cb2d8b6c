# An inverse phrase that is none.
# expect: PropertyTerm own:digs lod:inversePhrase Violation

INSERT DATA { own:digs lod:inversePhrase "{s} digs {o}"@en }
