# A sentence that is counted from 0.
# expect: Anchor <claim/forum-address/anchor/1> lod:paragraph Violation
# expect: Anchor <claim/forum-address/anchor/1> lod:sentence Violation

DELETE { <claim/forum-address/anchor/1> lod:sentence ?old }
INSERT { <claim/forum-address/anchor/1> lod:sentence 0 }
WHERE { <claim/forum-address/anchor/1> lod:sentence ?old } ;
DELETE { <claim/forum-address/anchor/1> lod:paragraph ?old }
INSERT { <claim/forum-address/anchor/1> lod:paragraph 0 }
WHERE { <claim/forum-address/anchor/1> lod:paragraph ?old }
