# A unit code that is no IRI.
# expect: Quantity <claim/oil-route/share> schema:unitCode Violation

DELETE { <claim/oil-route/share> schema:unitCode ?old }
INSERT { <claim/oil-route/share> schema:unitCode "P1" }
WHERE { <claim/oil-route/share> schema:unitCode ?old }
