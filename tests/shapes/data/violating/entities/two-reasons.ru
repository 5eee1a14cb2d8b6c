# Two reasons for no link.
# expect: Entity <entity/cpc> lod:unlinkedReason Violation

INSERT DATA { <entity/cpc> lod:unlinkedReason "not looked for"@en }
