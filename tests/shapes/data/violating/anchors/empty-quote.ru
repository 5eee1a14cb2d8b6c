# A quote that is empty.
# expect: Quote <claim/forum-address/anchor/1/quote> oa:exact Violation

DELETE { <claim/forum-address/anchor/1/quote> oa:exact ?old }
INSERT { <claim/forum-address/anchor/1/quote> oa:exact "" }
WHERE { <claim/forum-address/anchor/1/quote> oa:exact ?old } ;
DELETE { <claim/forum-address/anchor/1/position> oa:end ?old }
INSERT { <claim/forum-address/anchor/1/position> oa:end 600 }
WHERE { <claim/forum-address/anchor/1/position> oa:end ?old }
