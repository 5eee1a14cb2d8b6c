# Two quotes and no position.
# expect: Anchor <claim/forum-address/anchor/1> oa:hasSelector Violation

DELETE DATA { <claim/forum-address/anchor/1> oa:hasSelector <claim/forum-address/anchor/1/position> } ;
DELETE WHERE { <claim/forum-address/anchor/1/position> ?p ?o } ;
INSERT DATA {
  <claim/forum-address/anchor/1> oa:hasSelector <claim/forum-address/anchor/1/other> .
  <claim/forum-address/anchor/1/other> a oa:TextQuoteSelector .
  <claim/forum-address/anchor/1/other> oa:exact "video" }
