# A property without a German label.
# expect: TermInGerman own:digs - Warning

DELETE DATA { own:digs rdfs:label "fördert"@de }
