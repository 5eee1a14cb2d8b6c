# A document without a title.
# expect: EntityLabel <document> - Violation

DELETE WHERE { <document> schema:headline ?old }
