# A change that goes on and does not.
# expect: Change <claim/currencies/change> lod:ongoing Violation

INSERT DATA { <claim/currencies/change> lod:ongoing false }
