"""Which of two ways a push takes by itself: Virtuoso takes graphs faster than updates."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest

from tests.cli.conftest import Lod
from tests.push.conftest import Push, held, log_in, meant
from tests.push.faulty import Fault, Handler, Proxy, failing, html_page
from tests.push.publications import parcel, quads, write
from tests.stores.running import RunningStore

ROOT = "https://data.example.org/"
_AS_VIRTUOSO = {"/sparql-auth": "/update", "/sparql-graph-crud-auth": "/store", "/sparql": "/query"}


def as_virtuoso(name: str = "Virtuoso/07.20.3229", graphs: Fault | None = None) -> Fault:
    """A server that has the addresses of Virtuoso.

    Args:
        name: what it calls itself.
        graphs: what becomes of its Graph Store Protocol.
    """

    def guard(handler: Handler) -> bool:
        handler.version_string = lambda: name  # type: ignore[method-assign] # of this answer alone
        path, mark, rest = handler.path.partition("?")
        handler.path = _AS_VIRTUOSO.get(path, path) + mark + rest
        return not (graphs and handler.path.startswith("/store")) or graphs(handler)

    return guard


def writes(proxy: Proxy) -> set[str]:
    """The addresses that were written to, but for the question whether updates are taken."""
    proxy.seen = [one for one in proxy.seen if not one[1].startswith("/sparql?")]
    return {path.partition("?")[0] for method, path, _ in proxy.seen if method != "GET"}


def test_graphs_of_virtuoso_are_chosen_with_a_word_why(
    virtuoso: RunningStore, lod: Lod, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(virtuoso, monkeypatch)
    bases = [f"{ROOT}{uuid4().hex}/" for _ in range(3)]
    file = write(tmp_path / "a.nq", [quads(base, claims=150) for base in bases])
    result = lod("push", file, "--to", virtuoso.update)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(
        "by the Graph Store Protocol: Virtuoso takes graphs faster than updates, here at "
        f"{virtuoso.graph_store} (--via update: by updates)\n"
    )
    assert "were read back and agree" in result.out
    for base in bases:
        assert len(held(virtuoso, base)) == 2
    # What is remembered is of the address, whichever way is taken.
    options = ("--to", virtuoso.update, "-f", "json")
    report = json.loads(lod("push", file, *options, "--via", "update").out)
    assert (report["via"], report["unchanged"], "why" in report) == ("update", 3, False)
    report = json.loads(lod("push", file, *options, "--fresh").out)
    assert (report["via"], report["changed"], report["check"]["agrees"]) == ("gsp", 3, True)
    assert virtuoso.graph_store in report["why"]
    assert held(virtuoso, "urn:lod:incoming:") == {}


@pytest.mark.parametrize(
    ("guard", "via", "taken"),
    [
        (as_virtuoso(), None, "gsp"),
        (as_virtuoso(), "update", "update"),
        (as_virtuoso("Oxigraph/0.5"), None, "update"),
        (as_virtuoso(graphs=failing(404)), None, "update"),
        (as_virtuoso(graphs=failing(403)), None, "update"),
        (as_virtuoso(graphs=failing(401)), None, "update"),
        (as_virtuoso(graphs=html_page), None, "update"),
        (as_virtuoso(graphs=failing(200)), None, "update"),
    ],
    ids=["all", "told", "other name", "absent", "forbidden", "secret", "page", "all is well"],
)
def test_choice_asks_first(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, guard: Fault, via: str | None, taken: str
) -> None:
    if taken == "gsp":  # the store behind keeps empty graphs, which Virtuoso does not
        guard = without_empty_graphs(guard)
    proxy.guard = guard
    to = proxy.update.replace("/update", "/sparql-auth")
    result = pushed([parcel(ROOT)], to, via=via or "auto")
    assert (result.is_fine, result.via) == (True, taken)
    assert (result.why is None) == (taken == "update")
    assert held(oxigraph, ROOT) == meant([parcel(ROOT)])


def test_what_the_graphs_refuse_goes_by_update(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    proxy.guard = without_empty_graphs(as_virtuoso())

    def refuse(handler: Handler) -> bool:
        one = handler.command == "PUT" and b"a-strange-word" in handler.body
        return not one or failing(500)(handler)

    proxy.always = refuse
    parcels = [
        parcel(f"{ROOT}{number}/", quads(f"{ROOT}{number}/", texts=[text]))
        for number, text in enumerate(("usual", "a-strange-word"))
    ]
    result = pushed(parcels, proxy.update.replace("/update", "/sparql-auth"), via="auto")
    assert (result.is_fine, result.via) == (True, "gsp")
    # The one that went by an update was one step.
    assert (result.one_step, result.several_steps) == (1, 1)
    assert held(oxigraph, ROOT) == meant(parcels)


def without_empty_graphs(guard: Fault) -> Fault:
    """A store that forgets a graph without triples."""

    def fault(handler: Handler) -> bool:
        if "graph=urn%3Alod%3Aincoming" in handler.path:
            return failing(404 if handler.command == "GET" else 201)(handler)
        return guard(handler)

    return fault
