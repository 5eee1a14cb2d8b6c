# Words that were said on no date.
# expect: Period <claim/branch/period> lod:asOf Violation

INSERT DATA { <claim/branch/period> lod:asOf "soon" }
