"""Requests over HTTP, as both Wikibases and stores are asked: limits, waits, what can go wrong.

Only `lod.wikidata` and `lod.push` import this: nothing else reaches out.
"""
