# Words for a qualifier that takes a place.
# expect: QualifierValues <claim/forum-date> rel:location Violation

DELETE { <claim/forum-date> rel:location ?old }
INSERT { <claim/forum-date> rel:location "in Ufa"@en }
WHERE { <claim/forum-date> rel:location ?old }
