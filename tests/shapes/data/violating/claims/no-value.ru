# Neither a value nor a change.
# expect: Claim <claim/forum-address> path Violation

DELETE WHERE { <claim/forum-address> lod:value ?old }
