# A claim that is its own subject.
# expect: Claim <claim/helps> path Violation

DELETE { <claim/helps> lod:subject ?old }
INSERT { <claim/helps> lod:subject <claim/helps> }
WHERE { <claim/helps> lod:subject ?old } ;
DELETE DATA { <claim/trade-2023> rel:contributesTo <entity/both> }
