# A document of which no author is named.

DELETE WHERE { <document> schema:author ?old } ;
INSERT DATA { <document> lod:anonymous true }
