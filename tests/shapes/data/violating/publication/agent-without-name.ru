# A publisher without a name.
# expect: Agent <https://data.example.org/> rdfs:label Violation

DELETE WHERE { <https://data.example.org/> rdfs:label ?old }
