"""Queries over a corpus: what lod adds to bare pyoxigraph, and what the ways to ask cost."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from benchmarks.corpora import store
from benchmarks.hops import measure_hops
from benchmarks.measure import alternate, median, median_ratio, write_results
from benchmarks.processor import Load
from lod.namespaces import PREFIXES, WIKIDATA_NS
from lod.query import Limits, open_store, run_query
from lod.query.checked import check_query
from lod.query.disk import find_store

#: Everything said of an item: by whom, in which words, in any text.
LOOKUP = """SELECT ?claim ?label ?speaker ?modality ?polarity ?words {
  ?claim schema:about <ITEM> .
  ?claim a lod:Claim ; rdfs:label ?label ; lod:modality ?modality ; lod:polarity ?polarity .
  ?claim prov:wasAttributedTo ?who . ?who rdfs:label ?speaker .
  ?claim lod:anchor ?anchor . ?anchor oa:hasSelector ?selector . ?selector oa:exact ?words .
}"""
#: One claim by its id; the speakers with the most claims; words in quotes.
CLAIM = "SELECT ?p ?o { <CLAIM> ?p ?o }"
OTHERS = {
    "count by speaker": """SELECT ?who (COUNT(?c) AS ?n) {
  ?c a lod:Claim ; prov:wasAttributedTo ?who } GROUP BY ?who ORDER BY DESC(?n) LIMIT 10""",
    "words by regex": """SELECT ?words { ?s oa:exact ?words
  FILTER(REGEX(?words, "exceeded .*9 billion")) } LIMIT 10000""",
}
_COUNTS = """SELECT ?item (COUNT(?c) AS ?n) { ?c schema:about ?item } GROUP BY ?item
  ORDER BY DESC(?n) LIMIT 100000"""
_LIFTED = Limits(seconds=None, rows=None, bytes=None)
#: How many claims are looked up in a round.
_CLAIMS = 100


def _items(folder: Any) -> tuple[str, str]:
    """An item that many claims are about, and one that as many are about as the median."""
    with open_store(folder) as opened:
        rows = run_query(opened, _COUNTS, limits=_LIFTED).rows
    items = [str(row[0].value) for row in rows if row[0] is not None]
    countries = [item for item in items if item.startswith(f"{WIKIDATA_NS}Q1000")]
    return items[0], countries[len(countries) // 2]


def measure(quads: int, rounds: int, hop_rounds: int, seconds: float) -> dict[str, Any]:
    """Every query on a store of so many quads."""
    import pyoxigraph

    folder = store(quads)
    bare = pyoxigraph.Store.read_only(str(find_store(folder).data))
    most, middle = _items(folder)
    with open_store(folder) as ours:

        def through_lod(texts: list[str]) -> Callable[[], object]:
            return lambda: [run_query(ours, text).raw for text in texts]

        def directly(texts: list[str]) -> Callable[[], object]:
            # With the prefixes that each text uses: more of them take it longer to read.
            asked = [(text, dict(check_query(text, PREFIXES).prefixes)) for text in texts]
            return lambda: [
                [
                    [str(term) for term in row]
                    for row in bare.query(text, prefixes=prefixes, use_default_graph_as_union=True)  # type: ignore[union-attr] # a SELECT gives rows
                ]
                for text, prefixes in asked
            ]

        result: dict[str, Any] = {"quads": len(bare), "lookups": {}, "hops": {}}
        found = run_query(ours, f"SELECT ?c {{ ?c a lod:Claim }} LIMIT {_CLAIMS}").rows
        claims = [CLAIM.replace("CLAIM", row[0].value) for row in found if row[0] is not None]
        lookups = {
            "one claim, the same again": claims[:1] * len(claims),
            "one claim, another each time": claims,
            "an item, median": [LOOKUP.replace("ITEM", middle)] * 10,
            "an item, most": [LOOKUP.replace("ITEM", most)] * 10,
            **{name: [text] for name, text in OTHERS.items()},
        }
        for name, texts in lookups.items():
            ways = {"lod": through_lod(texts), "bare": directly(texts)}
            alternate(1, ways)
            took = alternate(rounds, ways)
            rows = len(run_query(ours, texts[0], limits=_LIFTED))
            result["lookups"][name] = {
                "rows": rows,
                "bare_ms": 1e3 * median(took["bare"]) / len(texts),
                "lod_ms": 1e3 * median(took["lod"]) / len(texts),
                "bare_cpu_ms": 1e3 * median(took.cpu["bare"]) / len(texts),
                "lod_cpu_ms": 1e3 * median(took.cpu["lod"]) / len(texts),
                "times_bare": median_ratio(took, "lod", "bare"),
                "times_bare_cpu": median_ratio(took.cpu, "lod", "bare"),
            }
        for which, item in (("median", middle), ("most", most)):
            result["hops"][which] = measure_hops(ours, item, hop_rounds, seconds)
    return result


def run(sizes: list[int], rounds: int, hop_rounds: int, seconds: float) -> dict[str, Any]:
    """All sizes."""
    return {"sizes": {str(n): measure(n, rounds, hop_rounds, seconds) for n in sizes}}


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks queries`."""
    parser = argparse.ArgumentParser(prog="benchmarks queries", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000, 2_000_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--hop-rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=60, help="stop a query after so long")
    given = parser.parse_args(arguments)
    load = Load()
    result = run(given.sizes, given.rounds, given.hop_rounds, given.seconds)
    write_results("queries", result, load=load)


if __name__ == "__main__":
    main()
