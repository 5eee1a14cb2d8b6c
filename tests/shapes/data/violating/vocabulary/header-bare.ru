# A vocabulary whose header says nothing.
# expect: Ontology <https://terms.example.org/> dcterms:created Violation
# expect: Ontology <https://terms.example.org/> dcterms:creator Violation
# expect: Ontology <https://terms.example.org/> dcterms:description Violation
# expect: Ontology <https://terms.example.org/> dcterms:license Violation
# expect: Ontology <https://terms.example.org/> dcterms:modified Violation
# expect: Ontology <https://terms.example.org/> dcterms:title Violation
# expect: Ontology <https://terms.example.org/> owl:versionIRI Violation
# expect: Ontology <https://terms.example.org/> vann:preferredNamespacePrefix Violation
# expect: Ontology <https://terms.example.org/> vann:preferredNamespaceUri Violation

INSERT DATA { <https://terms.example.org/> a owl:Ontology }
