# A claim of a share with a direct triple.
# expect: Reported <claim/regions> path Violation

INSERT DATA { <claim/regions> lod:reportedIn <reported/reporter> }
