# A keyword that is empty.
# expect: Dataset <dataset> dcat:keyword Violation

INSERT DATA { <dataset> dcat:keyword ""@en }
