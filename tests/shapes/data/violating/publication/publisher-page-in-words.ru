# A publisher whose page is no address.
# expect: Agent <publisher> foaf:homepage Violation

DELETE { <publisher> foaf:homepage ?old } INSERT { <publisher> foaf:homepage "example.org" } WHERE { <publisher> foaf:homepage ?old }
