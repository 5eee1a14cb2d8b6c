# A tense that is none.
# expect: Period <claim/branch/period> lod:tense Violation

INSERT DATA { <claim/branch/period> lod:tense lod:planned }
