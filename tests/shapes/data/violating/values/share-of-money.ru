# A share that is an amount of money.
# expect: Share <claim/trade-2023/value> schema:currency Violation

DELETE { <claim/oil-route/1> lod:share ?old }
INSERT { <claim/oil-route/1> lod:share <claim/trade-2023/value> }
WHERE { <claim/oil-route/1> lod:share ?old } ;
DELETE { <claim/oil-route/2> lod:share ?old }
INSERT { <claim/oil-route/2> lod:share <claim/trade-2023/value> }
WHERE { <claim/oil-route/2> lod:share ?old } ;
DELETE WHERE { <claim/oil-route/share> ?p ?o }
