"""How periods are read: EDTF, words by the data of a language, and back to words.

`lod.facts.periods` is what other modules use.
"""
