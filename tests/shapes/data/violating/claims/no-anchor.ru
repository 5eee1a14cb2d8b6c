# A claim without words.
# expect: Claim <claim/forum-address> lod:anchor Violation

DELETE WHERE { <claim/forum-address> lod:anchor ?old } ;
DELETE WHERE { <claim/forum-address/anchor/1> ?p ?o } ;
DELETE WHERE { <claim/forum-address/anchor/1/quote> ?p ?o } ;
DELETE WHERE { <claim/forum-address/anchor/1/position> ?p ?o }
