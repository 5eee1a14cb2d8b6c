# A change that goes nowhere.
# expect: Change <claim/currencies/change> lod:direction Violation

DELETE WHERE { <claim/currencies/change> lod:direction ?old }
