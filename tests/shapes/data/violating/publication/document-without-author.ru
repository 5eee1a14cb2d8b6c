# A document without an author.
# expect: Authored <document> - Violation

DELETE WHERE { <document> schema:author ?old }
