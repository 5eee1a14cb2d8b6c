# A graph that nobody reports.
# expect: ReportedGraph <reported/okafor> prov:wasAttributedTo Violation

DELETE WHERE { <reported/okafor> prov:wasAttributedTo ?old }
