# A denominator that is no quantity.
# expect: Quantity <claim/staffing/value> lod:per Violation

DELETE { <claim/staffing/value> lod:per ?old }
INSERT { <claim/staffing/value> lod:per 1000 }
WHERE { <claim/staffing/value> lod:per ?old }
