# An anchor with a property that it cannot have.
# expect: Anchor <claim/forum-address/anchor/1> schema:value Violation

INSERT DATA { <claim/forum-address/anchor/1> schema:value 1 }
