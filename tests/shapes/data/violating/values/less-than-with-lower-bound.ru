# Less than, with a lower bound.
# expect: UpperBound <claim/trade-2023/value> - Violation

DELETE { <claim/trade-2023/value> lod:comparator ?old }
INSERT { <claim/trade-2023/value> lod:comparator lod:lessThan }
WHERE { <claim/trade-2023/value> lod:comparator ?old }
