# A hash that was cut.
# expect: Text <text/8c2f5e1d9a40> schema:sha256 Violation

DELETE { <text/8c2f5e1d9a40> schema:sha256 ?old }
INSERT { <text/8c2f5e1d9a40> schema:sha256 "8c2f5e1d9a40" }
WHERE { <text/8c2f5e1d9a40> schema:sha256 ?old }
