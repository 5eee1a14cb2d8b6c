# Two texts after one quote.
# expect: Quote <claim/forum-address/anchor/1/quote> oa:suffix Violation

INSERT DATA { <claim/forum-address/anchor/1/quote> oa:suffix "another" }
