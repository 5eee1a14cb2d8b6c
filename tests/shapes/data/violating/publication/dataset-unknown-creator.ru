# A creator who is not described.
# expect: Dataset <dataset> dcterms:creator Violation

INSERT DATA { <dataset> dcterms:creator <entity/ufa> }
