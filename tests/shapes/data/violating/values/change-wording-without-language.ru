# The wording of a change in no language.
# expect: Change <claim/currencies/change> lod:wording Violation

DELETE { <claim/currencies/change> lod:wording ?old }
INSERT { <claim/currencies/change> lod:wording "rising" }
WHERE { <claim/currencies/change> lod:wording ?old }
