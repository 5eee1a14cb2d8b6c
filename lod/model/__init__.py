"""The typed model of a publication: what `lod.facts` reads and `lod.dataset` renders."""
