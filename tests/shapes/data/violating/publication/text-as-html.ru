# A text in which positions cannot be counted.
# expect: Text <text/8c2f5e1d9a40> schema:encodingFormat Violation

DELETE { <text/8c2f5e1d9a40> schema:encodingFormat ?old }
INSERT { <text/8c2f5e1d9a40> schema:encodingFormat "text/html" }
WHERE { <text/8c2f5e1d9a40> schema:encodingFormat ?old }
