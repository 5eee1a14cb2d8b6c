"""The server: pages by content negotiation, SPARQL and graphs, read-only and under limits."""
