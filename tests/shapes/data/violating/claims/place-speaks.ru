# A city that speaks.
# expect: Claim <claim/forum-address> prov:wasAttributedTo Violation

DELETE { <claim/forum-address> prov:wasAttributedTo ?old }
INSERT { <claim/forum-address> prov:wasAttributedTo <entity/ufa> }
WHERE { <claim/forum-address> prov:wasAttributedTo ?old }
