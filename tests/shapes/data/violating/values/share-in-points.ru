# A share in percentage points.
# expect: Share <claim/oil-route/share> schema:unitText Violation

DELETE { <claim/oil-route/share> schema:unitText ?old }
INSERT { <claim/oil-route/share> schema:unitText "percentage points" }
WHERE { <claim/oil-route/share> schema:unitText ?old }
