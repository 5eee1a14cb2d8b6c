# A reported graph with two chains.
# expect: ReportedGraph <reported/okafor> lod:speakers Violation

INSERT DATA { <reported/okafor> lod:speakers <speakers/okafor> , <speakers/reporter/okafor> ; lod:through <entity/reporter> }
