# A graph that its speaker reports through himself.
# expect: ReportedGraph <reported/okafor> lod:through Violation

INSERT DATA { <reported/okafor> lod:through <entity/okafor> ; lod:speakers <speakers/okafor> }
