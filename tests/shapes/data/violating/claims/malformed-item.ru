# A malformed item id.
# expect: Claim <claim/forum-address> schema:about Violation

INSERT DATA { <claim/forum-address> schema:about wd:Q0159 }
