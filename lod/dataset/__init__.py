"""From the model to quads, and from quads to every format."""
