"""The search of a site: what is found, and the index that the page reads; no server takes part."""
