# A translator who is no person.
# expect: Document <document> schema:translator Violation

INSERT DATA { <document> schema:translator <dataset> }
