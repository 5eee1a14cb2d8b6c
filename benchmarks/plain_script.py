"""The job of `lod build` as a plain script with rdflib and pySHACL, for the cold start.

    python plain_script.py check|build data.ttl shapes.nt OUT

It reads a Turtle of the same facts, validates it, and writes it in four formats. There is no text,
no quote and no model in it.
"""

import sys
from pathlib import Path

import pyshacl
import rdflib


def main() -> None:
    """Read, validate, and for `build` write."""
    job, data, shapes, out = sys.argv[1:]
    graph = rdflib.Graph().parse(data)
    shapes_graph = rdflib.Graph().parse(shapes)
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes_graph)
    if not conforms:
        sys.exit(str(text))
    if job == "build":
        folder = Path(out)
        folder.mkdir(exist_ok=True)
        for form, ending in (("turtle", "ttl"), ("json-ld", "jsonld"), ("trig", "trig")):
            graph.serialize(folder / f"dataset.{ending}", form)
        rdflib.Dataset(graph.store).serialize(folder / "dataset.nq", "nquads")


if __name__ == "__main__":
    main()
