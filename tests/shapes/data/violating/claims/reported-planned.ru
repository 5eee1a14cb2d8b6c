# A planned claim with a direct triple.
# expect: Reported <claim/forum-address> lod:modality Violation

INSERT DATA { <claim/forum-address> lod:reportedIn <reported/reporter> }
