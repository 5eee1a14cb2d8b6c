"""RDF as text: terms, formats, readers and writers."""
