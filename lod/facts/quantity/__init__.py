"""How quantities are read, found, compared and written, by the data of a language.

`lod.facts.quantities` is what other modules use.
"""
