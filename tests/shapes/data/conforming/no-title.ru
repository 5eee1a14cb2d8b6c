# A document without a title.

DELETE WHERE { <document> schema:headline ?old }
