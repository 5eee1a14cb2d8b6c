"""The links of entities to Wikidata: the lock that pins them, and the checks that it allows.

Everything here works without a network, on what `wikidata.lock` holds.
"""
