# A publisher without a name.
# expect: Agent <publisher> path Violation

DELETE WHERE { <publisher> rdfs:label ?old }
