# A claim that stands nowhere.
# expect: Claim <claim/forum-address> prov:wasDerivedFrom Violation

DELETE WHERE { <claim/forum-address> prov:wasDerivedFrom ?old }
