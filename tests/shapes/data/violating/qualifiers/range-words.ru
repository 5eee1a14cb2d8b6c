# Words for a qualifier that takes a place.
# expect: QualifierValues <claim/forum-date> rel:inPlace Violation

DELETE { <claim/forum-date> rel:inPlace ?old }
INSERT { <claim/forum-date> rel:inPlace "in Ufa"@en }
WHERE { <claim/forum-date> rel:inPlace ?old }
