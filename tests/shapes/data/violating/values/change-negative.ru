# A change by a negative amount.
# expect: Change <claim/unemployment/change> path Violation

DELETE { <claim/unemployment/change> schema:value ?old }
INSERT { <claim/unemployment/change> schema:value -0.2 }
WHERE { <claim/unemployment/change> schema:value ?old }
