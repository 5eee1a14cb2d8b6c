# Between, with one bound.
# expect: BothBounds <claim/schools/value> - Violation

DELETE WHERE { <claim/schools/value> schema:maxValue ?old }
