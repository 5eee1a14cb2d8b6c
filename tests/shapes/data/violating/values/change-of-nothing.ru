# A change that no claim says.
# expect: Change <claim/currencies/change> path Violation

DELETE WHERE { <claim/currencies> lod:change ?old } ;
INSERT DATA { <claim/currencies> lod:unknown "not said"@en }
