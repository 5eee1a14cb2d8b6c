# A claim that is reported in something that is no graph.
# expect: Claim <claim/projects> lod:reportedIn Violation

DELETE { <claim/projects> lod:reportedIn ?old } INSERT { <claim/projects> lod:reportedIn <entity/russia> } WHERE { <claim/projects> lod:reportedIn ?old }
