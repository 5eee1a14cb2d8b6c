# A quote with a language, which the text has.
# expect: Quote <claim/forum-address/anchor/1/quote> oa:prefix Violation

DELETE { <claim/forum-address/anchor/1/quote> oa:prefix ?old }
INSERT { <claim/forum-address/anchor/1/quote> oa:prefix "before"@en }
WHERE { <claim/forum-address/anchor/1/quote> oa:prefix ?old }
