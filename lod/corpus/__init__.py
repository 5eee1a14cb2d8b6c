"""Many publications: found, built in parallel, kept up to date, loaded, counted.

`lod.corpus.build` is the way in; `lod.corpus.publish` is what happens to one publication.
"""
