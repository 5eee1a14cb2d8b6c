"""Queries over a corpus: what lod adds to bare pyoxigraph, and what the ways to ask cost."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.corpora import store
from benchmarks.measure import alternate, median, median_ratio, write_results
from lod.errors import QueryLimitError
from lod.namespaces import PREFIXES, WIKIDATA_NS
from lod.query import Limits, open_store, run_query
from lod.query.disk import find_store

#: Everything said of an item: by whom, in which words, in any text.
LOOKUP = """SELECT ?claim ?label ?speaker ?modality ?polarity ?words {
  ?claim schema:about <ITEM> .
  ?claim a lod:Claim ; rdfs:label ?label ; lod:modality ?modality ; lod:polarity ?polarity .
  ?claim prov:wasAttributedTo ?who . ?who rdfs:label ?speaker .
  ?claim lod:anchor ?anchor . ?anchor oa:hasSelector ?selector . ?selector oa:exact ?words .
}"""
#: From an item through claims to items, and from these through claims to items.
HOPS = """SELECT DISTINCT ?there {
  { SELECT DISTINCT ?between { ?first schema:about <ITEM>, ?between } }
  ?second schema:about ?between, ?there .
}"""
#: From an entity to those that `schema:about` of claims looks through to.
_PARTS = "(schema:member|schema:about|dcterms:isPartOf)*"
#: The same answers without `schema:about` of claims: over the entities of each publication and
#: owl:sameAs.
HOPS_SAME_AS = f"""SELECT DISTINCT ?there {{
  ?a owl:sameAs <ITEM> . ?a0 {_PARTS} ?a .
  ?first lod:subject|lod:value ?a0, ?b0 . ?b0 {_PARTS} ?b .
  ?b owl:sameAs ?between . ?c owl:sameAs ?between . ?c0 {_PARTS} ?c .
  ?second lod:subject|lod:value ?c0, ?d0 . ?d0 {_PARTS} ?d . ?d owl:sameAs ?there .
}}"""
#: Only through entities that are themselves subject or value: fewer answers.
HOPS_SAME_AS_DIRECT = """SELECT DISTINCT ?there {
  ?a owl:sameAs <ITEM> . ?first lod:subject|lod:value ?a, ?b . ?b owl:sameAs ?between .
  ?c owl:sameAs ?between . ?second lod:subject|lod:value ?c, ?d . ?d owl:sameAs ?there .
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


def _items(folder: Any) -> tuple[str, str]:
    """An item that many claims are about, and one that as many are about as the median."""
    with open_store(folder) as opened:
        rows = run_query(opened, _COUNTS, limits=_LIFTED).rows
    items = [str(row[0].value) for row in rows if row[0] is not None]
    countries = [item for item in items if item.startswith(f"{WIKIDATA_NS}Q1000")]
    return items[0], countries[len(countries) // 2]


def measure(quads: int, rounds: int, seconds: float) -> dict[str, Any]:
    """Every query on a store of so many quads."""
    import pyoxigraph

    folder = store(quads)
    bare = pyoxigraph.Store.read_only(str(find_store(folder).data))
    most, middle = _items(folder)
    with open_store(folder) as ours:

        def through_lod(text: str) -> Callable[[], object]:
            return lambda: run_query(ours, text).raw

        def directly(text: str) -> Callable[[], object]:
            return lambda: [
                [str(term) for term in row]
                for row in bare.query(
                    text, prefixes=dict(PREFIXES), use_default_graph_as_union=True
                )  # type: ignore[union-attr] # a SELECT gives rows
            ]

        result: dict[str, Any] = {"quads": len(bare), "lookups": {}, "hops": {}}
        claim = run_query(ours, "SELECT ?c { ?c a lod:Claim } LIMIT 1").rows[0][0]
        assert claim is not None
        lookups = {
            "one claim": CLAIM.replace("CLAIM", claim.value),
            "an item, median": LOOKUP.replace("ITEM", middle),
            "an item, most": LOOKUP.replace("ITEM", most),
            **OTHERS,
        }
        for name, text in lookups.items():
            ways = {"lod": through_lod(text), "bare": directly(text)}
            alternate(1, ways)
            took = alternate(rounds, ways)
            rows = len(run_query(ours, text, limits=_LIFTED))
            result["lookups"][name] = {
                "rows": rows,
                "bare_ms": 1e3 * median(took["bare"]),
                "lod_ms": 1e3 * median(took["lod"]),
                "times_bare": median_ratio(took, "lod", "bare"),
                "lod_ms_per_row": 1e3 * median(took["lod"]) / max(rows, 1),
            }
        for which, item in (("median", middle), ("most", most)):
            result["hops"][which] = {
                name: _hops(ours, text.replace("ITEM", item), seconds)
                for name, text in {
                    "schema:about": HOPS,
                    "owl:sameAs": HOPS_SAME_AS,
                    "owl:sameAs, direct": HOPS_SAME_AS_DIRECT,
                }.items()
            }
            result["hops"][which]["times_faster"] = _ratio(result["hops"][which])
    return result


def _hops(ours: Any, text: str, seconds: float) -> dict[str, Any]:
    """Time one query; where it takes too long, the time after which it was stopped."""
    limits = Limits(seconds=seconds, rows=None, memory=None)
    took = []
    rows = None
    run_query(ours, "ASK { ?s ?p ?o }")  # the process is there
    for _ in range(5):
        start = time.perf_counter()
        try:
            rows = len(run_query(ours, text, limits=limits))
        except QueryLimitError:
            return {"rows": None, "over_ms": 1e3 * seconds}
        took.append(time.perf_counter() - start)
        if took[0] > seconds / 5:
            break
    return {"rows": rows, "ms": 1e3 * statistics.median(took)}


def _ratio(hops: dict[str, dict[str, Any]]) -> float | None:
    """How many times as long owl:sameAs takes for the same answers; at least so many times."""
    about, same_as = hops["schema:about"], hops["owl:sameAs"]
    if "ms" not in about:
        return None
    assert same_as["rows"] in (None, about["rows"])
    return float(same_as.get("ms", same_as.get("over_ms")) / about["ms"])


def run(sizes: list[int], rounds: int, seconds: float) -> dict[str, Any]:
    """All sizes."""
    return {str(size): measure(size, rounds, seconds) for size in sizes}


def main(arguments: list[str] | None = None) -> None:
    """`python -m benchmarks queries`."""
    parser = argparse.ArgumentParser(prog="benchmarks queries", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200_000, 2_000_000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=float, default=60, help="stop a query after so long")
    given = parser.parse_args(arguments)
    write_results("queries", run(given.sizes, given.rounds, given.seconds))


if __name__ == "__main__":
    main()
