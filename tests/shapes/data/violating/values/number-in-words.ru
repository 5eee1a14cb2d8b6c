# A number that is said in words.
# expect: Quantity <claim/projects/value> lod:number Violation

DELETE { <claim/projects/value> lod:number ?old } INSERT { <claim/projects/value> lod:number "many" } WHERE { <claim/projects/value> lod:number ?old }
