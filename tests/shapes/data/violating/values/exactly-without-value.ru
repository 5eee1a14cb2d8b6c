# An exact number that is missing.
# expect: Number <claim/ships/value> - Violation

DELETE WHERE { <claim/ships/value> schema:value ?old }
