# A planned claim whose triple another claim states without restriction.

INSERT DATA {
  <claim/forum-address/2> a lod:Claim .
  <claim/forum-address/2> a prov:Entity .
  <claim/forum-address/2> rdfs:label "He speaks at the forum."@en .
  <claim/forum-address/2> lod:subject <entity/tokayev> .
  <claim/forum-address/2> lod:property rel:speaksAt .
  <claim/forum-address/2> lod:value <entity/forum> .
  <claim/forum-address/2> lod:modality lod:implied .
  <claim/forum-address/2> lod:polarity lod:positive .
  <claim/forum-address/2> prov:wasAttributedTo <entity/okafor> .
  <claim/forum-address/2> prov:wasDerivedFrom <document> .
  <claim/forum-address/2> lod:anchor <claim/forum-address/anchor/1> .
  <entity/tokayev> rel:speaksAt <entity/forum> }
