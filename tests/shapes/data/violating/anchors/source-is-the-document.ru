# An anchor in the document, not in its text.
# expect: Anchor <claim/forum-address/anchor/1> oa:hasSource Violation

DELETE { <claim/forum-address/anchor/1> oa:hasSource ?old }
INSERT { <claim/forum-address/anchor/1> oa:hasSource <document> }
WHERE { <claim/forum-address/anchor/1> oa:hasSource ?old }
