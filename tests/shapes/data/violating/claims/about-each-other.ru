# A claim about a claim that is about the first.
# expect: Claim <claim/helps> path Violation
# expect: Claim <claim/useful> path Violation

DELETE { <claim/useful> lod:subject ?old }
INSERT { <claim/useful> lod:subject <claim/helps> }
WHERE { <claim/useful> lod:subject ?old } ;
DELETE { <claim/helps> lod:subject ?old }
INSERT { <claim/helps> lod:subject <claim/useful> }
WHERE { <claim/helps> lod:subject ?old } ;
DELETE DATA { <claim/trade-2023> rel:contributesTo <entity/both> }
