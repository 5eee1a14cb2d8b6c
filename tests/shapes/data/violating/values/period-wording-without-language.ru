# The wording of a period in no language.
# expect: Period <claim/trade-2023/period> lod:wording Violation

DELETE { <claim/trade-2023/period> lod:wording ?old }
INSERT { <claim/trade-2023/period> lod:wording "Last year" }
WHERE { <claim/trade-2023/period> lod:wording ?old }
