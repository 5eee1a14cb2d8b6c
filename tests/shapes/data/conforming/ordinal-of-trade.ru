# An ordinal beside the words of a rank.

INSERT DATA { <claim/trade-2023> rel:ordinal <claim/forum-date/with/ordinal> }
