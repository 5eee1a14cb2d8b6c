# A graph as of two dates.
# expect: ReportedGraph <reported/okafor> dcterms:date Violation

INSERT DATA { <reported/okafor> dcterms:date "2024-11-28"^^xsd:date }
