# Two claims that deny each other.

INSERT DATA { <claim/ships> lod:denies <claim/ships-corrected> }
