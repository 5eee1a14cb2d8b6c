# A proportion in words with a number.
# expect: Proportion <claim/regions/share> path Violation

INSERT DATA { <claim/regions/share> schema:value 95 }
