# A text without a hash.
# expect: Text <text/8c2f5e1d9a40> schema:sha256 Violation

DELETE WHERE { <text/8c2f5e1d9a40> schema:sha256 ?old }
