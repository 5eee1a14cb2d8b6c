# A graph from no document.
# expect: ReportedGraph <reported/okafor> prov:wasDerivedFrom Violation

DELETE WHERE { <reported/okafor> prov:wasDerivedFrom ?old }
