# Unchanged, by an amount.
# expect: ChangeWithAmount <claim/unemployment/change> - Violation

DELETE { <claim/unemployment/change> lod:direction ?old }
INSERT { <claim/unemployment/change> lod:direction lod:unchanged }
WHERE { <claim/unemployment/change> lod:direction ?old }
