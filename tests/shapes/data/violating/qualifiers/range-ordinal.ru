# An ordinal in words.
# expect: QualifierValues <claim/forum-date> rel:ordinal Violation

DELETE { <claim/forum-date> rel:ordinal ?old }
INSERT { <claim/forum-date> rel:ordinal "20th"@en }
WHERE { <claim/forum-date> rel:ordinal ?old }
