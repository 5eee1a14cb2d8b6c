# A claim that nobody says.
# expect: Claim <claim/forum-address> prov:wasAttributedTo Violation

DELETE WHERE { <claim/forum-address> prov:wasAttributedTo ?old }
