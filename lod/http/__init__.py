"""Requests over HTTP, as Wikibases and stores are asked: limits, waits, what can go wrong.

`lod.wikidata` and `lod.push` send their requests through this, and commands take its limits. The
server of `lod.server` answers requests and sends none through it.
"""
