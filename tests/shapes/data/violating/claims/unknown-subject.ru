# A subject that is no entity of the dataset.
# expect: Claim <claim/forum-address> path Violation
# expect: Domain <claim/forum-address> - Violation

DELETE { <claim/forum-address> lod:subject ?old }
INSERT { <claim/forum-address> lod:subject <entity/nobody> }
WHERE { <claim/forum-address> lod:subject ?old }
