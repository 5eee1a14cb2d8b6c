# A quantity without comparator and proportion.
# expect: Quantity <claim/projects/value> path Violation

DELETE WHERE { <claim/projects/value> lod:comparator ?old }
