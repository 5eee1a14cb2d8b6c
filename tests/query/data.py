"""A small dataset for the tests of queries: a default graph, a named graph, every kind of term."""

from __future__ import annotations

from lod.rdf.dataset import Dataset

BASE = "https://data.example.org/x/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_S = "https://schema.org/"

DEFAULT = "".join(
    f"<{BASE}{subject}> <{_S}{predicate}> {value} .\n"
    for subject, predicate, value in (
        ("a", "name", '"Қазақстан"@kk'),
        ("a", "name", '"Kazakhstan"@en'),
        ("a", "size", f'"28000000000"^^<{_XSD}integer>'),
        ("a", "share", f'"0.80"^^<{_XSD}decimal>'),
        ("a", "ratio", f'"1.5E0"^^<{_XSD}double>'),
        ("a", "open", f'"true"^^<{_XSD}boolean>'),
        ("a", "date", f'"2024-11-27"^^<{_XSD}date>'),
        ("a", "note", r'"SERVICE, \"FROM\"\tand\nLOAD <b> & more"'),
        ("a", "knows", f"<{BASE}b>"),
        ("b", "size", f'"7"^^<{_XSD}integer>'),
    )
)
GRAPH = f"{BASE}reported/p"
REPORTED = f"<{BASE}b> <{_S}knows> <{BASE}a> .\n"

DATASET = Dataset(BASE, DEFAULT, {GRAPH: REPORTED}, {"ex": f"{BASE}ns#"})


def grid(size: int) -> Dataset:
    """Nodes in rings, over which paths and products are without end."""
    step = f"<{BASE}next>"
    return Dataset(
        BASE,
        "".join(f"<{BASE}{n}> {step} <{BASE}{n * 7 % size}> .\n" for n in range(size)),
        {},
        {"x": BASE},
    )
