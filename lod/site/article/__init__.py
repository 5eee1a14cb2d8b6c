"""The article page: the text with every quote marked, its claims, and figures of what they say."""
