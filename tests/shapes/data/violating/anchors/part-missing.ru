# A selector without its number among numbered ones.
# expect: AnchorPairs <claim/organisations/anchor/1> - Violation
# expect: SelectorsAgree <text/8c2f5e1d9a40> - Violation <claim/organisations/anchor/1>

DELETE WHERE { <claim/organisations/anchor/1/quote/3> lod:part ?old }
