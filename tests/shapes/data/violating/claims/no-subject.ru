# A claim without a subject.
# expect: Claim <claim/forum-address> lod:subject Violation
# expect: Claim <claim/forum-address> path Violation
# expect: Domain <claim/forum-address> - Violation

DELETE WHERE { <claim/forum-address> lod:subject ?old }
