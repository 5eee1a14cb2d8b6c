# A country that speaks.

DELETE { <claim/useful> prov:wasAttributedTo ?old }
INSERT { <claim/useful> prov:wasAttributedTo <entity/russia> }
WHERE { <claim/useful> prov:wasAttributedTo ?old }
