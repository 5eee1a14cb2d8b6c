# An anchor that begins in two sentences.
# expect: Anchor <claim/branch/anchor/1> lod:sentence Violation

INSERT DATA { <claim/branch/anchor/1> lod:sentence 7 }
