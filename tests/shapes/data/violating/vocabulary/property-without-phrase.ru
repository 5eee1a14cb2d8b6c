# A property that cannot be told.
# expect: PropertyPhrased own:digs - Violation

DELETE WHERE { own:digs lod:phrase ?old }
