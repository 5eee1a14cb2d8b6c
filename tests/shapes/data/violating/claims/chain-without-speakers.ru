# Outer speakers without their order.
# expect: Chain <claim/ships> - Violation

DELETE WHERE { <claim/ships> lod:speakers ?old }
