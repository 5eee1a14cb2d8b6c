# A share of more than the whole.
# expect: Share <claim/oil-route/share> - Warning

DELETE { <claim/oil-route/share> schema:minValue ?old }
INSERT { <claim/oil-route/share> schema:minValue 180 }
WHERE { <claim/oil-route/share> schema:minValue ?old }
