# A rank that is an ordinal, not words.

DELETE { <claim/trade-2023> rel:rank ?old }
INSERT { <claim/trade-2023> rel:rank <claim/forum-date/with/ordinal> }
WHERE { <claim/trade-2023> rel:rank ?old }
