# More paragraphs than sentences.
# expect: Anchor <claim/forum-address/anchor/1> lod:paragraph Violation

DELETE { <claim/forum-address/anchor/1> lod:paragraph ?old }
INSERT { <claim/forum-address/anchor/1> lod:paragraph 99 }
WHERE { <claim/forum-address/anchor/1> lod:paragraph ?old }
