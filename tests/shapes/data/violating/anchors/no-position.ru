# A quote without a position.
# expect: Anchor <claim/forum-address/anchor/1> oa:hasSelector Violation

DELETE DATA { <claim/forum-address/anchor/1> oa:hasSelector <claim/forum-address/anchor/1/position> } ;
DELETE WHERE { <claim/forum-address/anchor/1/position> ?p ?o }
