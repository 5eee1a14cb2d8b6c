# Two versions.
# expect: Dataset <dataset> schema:version Violation

INSERT DATA { <dataset> schema:version "2.0" }
