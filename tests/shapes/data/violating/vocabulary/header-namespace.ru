# A namespace that does not end in # or /.
# expect: Ontology <https://terms.example.org/own> vann:preferredNamespaceUri Violation

DELETE DATA { <https://terms.example.org/own> vann:preferredNamespaceUri "https://terms.example.org/own#" } ;
INSERT DATA { <https://terms.example.org/own> vann:preferredNamespaceUri "https://terms.example.org/own" }
