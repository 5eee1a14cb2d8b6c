# An anchor without a paragraph.
# expect: Anchor <claim/forum-address/anchor/1> lod:paragraph Violation

DELETE WHERE { <claim/forum-address/anchor/1> lod:paragraph ?old }
