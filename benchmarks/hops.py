"""The hops from item to item through claims: one question, and the ways in which it can be asked.

Each form has its inner part, from the item to the items in between, and its outer part, from these
on. They can be written as one pattern ("flat"), the inner one as `SELECT DISTINCT` ("inner
distinct"), or that with the outer one evaluated for each of its rows ("lateral": LATERAL is no part
of SPARQL 1.1, but Oxigraph and Jena have it).
"""

from __future__ import annotations

from typing import Any

from benchmarks.measure import alternate, median, median_ratio
from lod.errors import QueryLimitError
from lod.query import Limits, QueryStore, run_query

#: From an entity to those that `schema:about` of claims looks through to.
_PARTS = "(schema:member|schema:about|dcterms:isPartOf)*"
#: What is asked: inner part, outer part. Those of one question have the same answers.
_ABOUT = ("?first schema:about <ITEM>, ?between", "?second schema:about ?between, ?there")
_SAME_AS = (
    f"?a owl:sameAs <ITEM> . ?a0 {_PARTS} ?a . ?first lod:subject|lod:value ?a0, ?b0 . "
    f"?b0 {_PARTS} ?b . ?b owl:sameAs ?between",
    f"?c owl:sameAs ?between . ?c0 {_PARTS} ?c . ?second lod:subject|lod:value ?c0, ?d0 . "
    f"?d0 {_PARTS} ?d . ?d owl:sameAs ?there",
)
_DIRECT = (
    "?a owl:sameAs <ITEM> . ?first lod:subject|lod:value ?a, ?b . ?b owl:sameAs ?between",
    "?c owl:sameAs ?between . ?second lod:subject|lod:value ?c, ?d . ?d owl:sameAs ?there",
)


def _forms(name: str, inner: str, outer: str) -> dict[str, str]:
    select = f"{{ SELECT DISTINCT ?between {{ {inner} }} }}"
    bodies = {
        "flat": f"{inner} . {outer}",
        "inner distinct": f"{select} {outer}",
        "lateral": f"{select} LATERAL {{ {outer} }}",
    }
    return {
        f"{name}, {form}": f"SELECT DISTINCT ?there {{ {body} }}" for form, body in bodies.items()
    }


#: The form that the documentation recommends.
RECOMMENDED = "schema:about, inner distinct"
#: Every way over `schema:about`, and over `owl:sameAs` with the same answers.
EQUAL = {**_forms("schema:about", *_ABOUT), **_forms("owl:sameAs", *_SAME_AS)}
#: Only through entities that are themselves subject or value: what one writes first; it finds less.
FEWER = _forms("owl:sameAs, direct", *_DIRECT)
#: The claims that the recommended form goes through.
_PASSED = f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?between {{ {_ABOUT[0]} }} }} " + (
    "?second schema:about ?between }"
)


def measure_hops(store: QueryStore, item: str, rounds: int, seconds: float) -> dict[str, Any]:
    """Ask in every form, in turn.

    Args:
        store: what is asked.
        item: the IRI to begin at.
        rounds: how often.
        seconds: after which a form is given up.

    Returns:
        Claims gone through, and each form with its rows, milliseconds, and how many times the
        recommended one it takes; a form that was given up has `over_ms` instead.
    """
    limits = Limits(seconds=seconds, rows=None, memory=None)
    texts = {name: text.replace("ITEM", item) for name, text in {**EQUAL, **FEWER}.items()}
    forms: dict[str, dict[str, Any]] = {}
    for name, text in texts.items():  # this also brings the data into memory
        try:
            forms[name] = {"rows": len(run_query(store, text, limits=limits))}
        except QueryLimitError:
            forms[name] = {"rows": None, "over_ms": 1e3 * seconds}
    assert len({forms[name]["rows"] for name in EQUAL} - {None}) == 1, forms

    def ask(text: str) -> object:
        return run_query(store, text, limits=limits).raw

    took = alternate(
        rounds,
        {
            name: lambda text=text: ask(text)  # type: ignore[misc] # binds each text
            for name, text in texts.items()
            if forms[name]["rows"] is not None
        },
    )
    for name in took:
        forms[name] |= {
            "ms": 1e3 * median(took[name]),
            "cpu_ms": 1e3 * median(took.cpu[name]),
            "times": median_ratio(took, name, RECOMMENDED),
            "times_cpu": median_ratio(took.cpu, name, RECOMMENDED),
        }
    passed = run_query(store, _PASSED.replace("ITEM", item)).rows[0][0]
    assert passed is not None
    return {"claims_passed": int(passed.value), "forms": forms}
