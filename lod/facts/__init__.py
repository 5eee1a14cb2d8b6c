"""From facts.yaml, JSON or JSON Lines to the typed model: quotes, values, consistency."""
