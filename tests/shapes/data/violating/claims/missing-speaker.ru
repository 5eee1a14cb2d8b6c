# A speaker who is not described.
# expect: Claim <claim/forum-address> prov:wasAttributedTo Violation

DELETE { <claim/forum-address> prov:wasAttributedTo ?old }
INSERT { <claim/forum-address> prov:wasAttributedTo <entity/nobody> }
WHERE { <claim/forum-address> prov:wasAttributedTo ?old }
