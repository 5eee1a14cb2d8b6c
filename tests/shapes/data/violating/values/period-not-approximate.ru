# A period that is said not to be approximate.
# expect: Period <claim/trade-2023/period> lod:approximate Violation

INSERT DATA { <claim/trade-2023/period> lod:approximate false }
