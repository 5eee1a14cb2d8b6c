# A document without a title, which has a label instead.

DELETE WHERE { <document> schema:headline ?old } ;
INSERT DATA { <document> rdfs:label "text without a title"@en }
