# An anchor that does not say from which document it quotes.
# expect: Anchor <claim/branch/anchor/1> prov:wasQuotedFrom Violation

DELETE WHERE { <claim/branch/anchor/1> prov:wasQuotedFrom ?old }
