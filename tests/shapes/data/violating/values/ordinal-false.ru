# An ordinal that is said to be none.
# expect: Quantity <claim/forum-date/with/ordinal> lod:isOrdinal Violation

DELETE { <claim/forum-date/with/ordinal> lod:isOrdinal ?old }
INSERT { <claim/forum-date/with/ordinal> lod:isOrdinal false }
WHERE { <claim/forum-date/with/ordinal> lod:isOrdinal ?old }
