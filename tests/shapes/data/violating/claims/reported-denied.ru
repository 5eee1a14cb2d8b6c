# A denied claim with a direct triple.
# expect: Reported <claim/left-guild> lod:polarity Violation

INSERT DATA { <claim/left-guild> lod:reportedIn <reported/okafor> }
