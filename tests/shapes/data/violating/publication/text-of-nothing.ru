# A text that is no copy of a document.
# expect: EntityLabel <document> - Violation
# expect: Text <text/8c2f5e1d9a40> schema:encodesCreativeWork Violation

DELETE WHERE { <text/8c2f5e1d9a40> schema:encodesCreativeWork ?old }
