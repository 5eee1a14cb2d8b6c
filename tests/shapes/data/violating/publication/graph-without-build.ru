# A reported graph that nothing made.
# expect: ReportedGraph <reported/okafor> prov:wasGeneratedBy Violation

DELETE WHERE { <reported/okafor> prov:wasGeneratedBy ?old }
