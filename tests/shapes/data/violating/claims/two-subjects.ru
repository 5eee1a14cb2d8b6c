# A claim with two subjects.
# expect: Claim <claim/forum-address> lod:subject Violation

INSERT DATA { <claim/forum-address> lod:subject <entity/okafor> }
