# An anchor in no text.
# expect: Anchor <claim/forum-address/anchor/1> oa:hasSource Violation

DELETE WHERE { <claim/forum-address/anchor/1> oa:hasSource ?old }
