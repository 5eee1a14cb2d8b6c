# A link, and a reason why there is none.
# expect: Unlinked <entity/ufa> path Violation

INSERT DATA { <entity/ufa> lod:unlinkedReason "not verified"@en }
