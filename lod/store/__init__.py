"""How lod keeps things on disk: one lock on a target, one way to replace it, one state database.

`locks` says who may write, `files` replaces files and folders as one step, `database` remembers
what earlier runs did.
"""
