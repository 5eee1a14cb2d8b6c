# A copy that was taken from a file.
# expect: Text <text/8c2f5e1d9a40> prov:wasDerivedFrom Violation

DELETE { <text/8c2f5e1d9a40> prov:wasDerivedFrom ?old }
INSERT { <text/8c2f5e1d9a40> prov:wasDerivedFrom <file:///home/me/article.txt> }
WHERE { <text/8c2f5e1d9a40> prov:wasDerivedFrom ?old }
