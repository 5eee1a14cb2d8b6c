# A claim without a property.
# expect: Claim <claim/forum-address> lod:property Violation

DELETE WHERE { <claim/forum-address> lod:property ?old }
