# A graph through its own speaker.
# expect: ReportedGraph <reported/okafor> lod:through Violation

DELETE { <reported/okafor> lod:through ?old }
INSERT { <reported/okafor> lod:through <entity/okafor> }
WHERE { <reported/okafor> lod:through ?old }
