"""Stores that lie, fail, die or dawdle: a push notices, and the next one mends it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lod.errors import LodError
from lod.http.errors import (
    ConnectionFailedError,
    NetworkError,
    RedirectError,
    ServerError,
    TimedOutError,
    TimeUpError,
    TooLargeError,
)
from lod.http.retry import NetworkLimits
from lod.push.delivery import Action
from lod.push.parcel import Parcel
from lod.push.state import State
from lod.push.transport import HtmlAnswerError, StoreError
from tests.ports import free_port
from tests.push.conftest import LIMITS, Push, held, meant
from tests.push.faulty import (
    Fault,
    Handler,
    Proxy,
    cut,
    failing,
    faulty,
    half,
    html_page,
    huge,
    nothing,
    redirect,
    silent,
)
from tests.push.publications import parcel, quads
from tests.stores.oxigraph import running_oxigraph
from tests.stores.running import RunningStore

ROOT = "https://data.example.org/"
VIAS = ("update", "graph_store")


def corpus(size: int) -> list[Parcel]:
    return [parcel(f"{ROOT}{number}/") for number in range(size)]


def address(proxy: Proxy, via: str) -> str:
    return str(getattr(proxy, via))


@pytest.mark.parametrize("via", VIAS)
@pytest.mark.parametrize("lie", [nothing, half], ids=["nothing", "half"])
def test_lie_about_success_is_noticed(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, via: str, lie: Fault
) -> None:
    parcels, to = corpus(3), address(proxy, via)
    proxy.faults.append(lie)
    result = pushed(parcels, to, parallel=1)
    assert not result.is_fine
    assert {(one.kind, one.base) for one in result.problems} == {("differs", f"{ROOT}0/")}
    assert "triples are missing" in result.problems[0].message
    assert result.problems[0].examples[0].startswith("missing: <https://data.example.org/0/")
    assert (result.counts[Action.FAILED], result.counts[Action.ADDED]) == (1, 2)
    again = pushed(parcels, to)
    assert (again.is_fine, again.counts[Action.UNCHANGED]) == (True, 2)
    assert held(oxigraph, ROOT) == meant(parcels)


def test_same_number_of_other_triples_is_noticed(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    def alter(handler: Handler) -> bool:
        handler.body = handler.body.replace(b"Claim 1", b"Claim X")
        return True

    proxy.faults.append(alter)
    result = pushed(corpus(1), proxy.update)
    assert [problem.kind for problem in result.problems] == ["differs"]
    assert any("Claim X" in line for line in result.problems[0].examples)
    # The counts are right, but the state does not say that it is there.
    assert pushed(corpus(1), proxy.update).is_fine
    assert held(oxigraph, ROOT) == meant(corpus(1))


@pytest.mark.parametrize("via", VIAS)
def test_lie_about_removal_is_noticed(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, via: str
) -> None:
    def keep(handler: Handler) -> bool:
        if handler.command == "DELETE":
            return nothing(handler)
        lines = handler.body.split(b"\n")
        kept = [line for line in lines if b"DROP" not in line or b"two" not in line]
        handler.body = b"\n".join(kept)
        return True

    base, to = f"{ROOT}a/", address(proxy, via)
    pushed([parcel(base, quads(base, reported=["one", "two"]))], to)
    proxy.always = keep
    after = parcel(base, quads(base, reported=["one"]))
    result = pushed([after], to)
    assert [problem.kind for problem in result.problems] == ["still-there"]
    assert f"<{base}reported/two>" in result.problems[0].message
    proxy.always = None
    assert pushed([after], to).is_fine
    assert held(oxigraph, ROOT) == meant([after])


def test_store_that_always_lies_is_left_alone(proxy: Proxy, pushed: Push) -> None:
    proxy.always = nothing
    result = pushed(corpus(60), proxy.update)
    assert (result.is_fine, result.is_complete) == (False, False)
    assert len({problem.base for problem in result.problems}) < 20


@pytest.mark.parametrize("via", VIAS)
def test_page_for_people_is_no_success(proxy: Proxy, pushed: Push, via: str) -> None:
    proxy.always = html_page
    with pytest.raises(HtmlAnswerError, match="page for people"):
        pushed(corpus(1), address(proxy, via), via={"graph_store": "gsp"}.get(via, "update"))


def test_page_for_people_from_the_first_moment(pushed: Push) -> None:
    with faulty(None) as proxy:
        proxy.guard = html_page
        with pytest.raises(LodError, match="answered with text/html"):
            pushed(corpus(1), proxy.update)


REASONS = [
    (
        "<html><head><title>Error 500</title><style>p { color: red }</style></head><body>"
        "<h3>Virtuoso 37000 Error SP029</h3><p>SPARQL compiler:\n line 3 &amp; more</p></body>",
        "Virtuoso 37000 Error SP029 SPARQL compiler: line 3 & more",
    ),
    ("<!DOCTYPE html><title>Bad graph</title>", "Bad graph"),
    ("<p>" + "<b>x</b> " * 5000, "x x x x"),
    ("<script>alert('boo')</script><p>no \x1b[2J room", "no \x1b[2J room"),
]


@pytest.mark.parametrize(("page", "reason"), REASONS)
def test_a_reason_on_a_page_is_said_as_text(
    proxy: Proxy, pushed: Push, page: str, reason: str
) -> None:
    def refuse(handler: Handler) -> bool:
        handler.answer(page.encode(), 500, "text/html; charset=utf-8")
        return False

    proxy.always = refuse
    (problem,) = pushed(corpus(1), proxy.graph_store, via="gsp").problems
    assert f"500 (Internal Server Error): {reason}" in problem.message
    assert "<" not in problem.message
    assert len(problem.message) < 400
    assert problem.message.endswith("--via update")


def test_wait_that_the_store_asks_for(proxy: Proxy, oxigraph: RunningStore, pushed: Push) -> None:
    proxy.faults.append(failing(503, Retry_After="1"))
    start = time.monotonic()
    assert pushed(corpus(1), proxy.update).is_fine
    assert time.monotonic() - start >= 1
    assert held(oxigraph, ROOT) == meant(corpus(1))


def test_wait_that_is_too_long_is_not_waited(proxy: Proxy, pushed: Push) -> None:
    proxy.always = failing(503, Retry_After="86400")
    with pytest.raises(ServerError, match="503") as caught:
        pushed(corpus(1), proxy.update)
    assert "86400" in str(caught.value.hint)


def test_failure_that_stays_ends_the_push(proxy: Proxy, pushed: Push) -> None:
    proxy.always = failing(503)
    with pytest.raises(ServerError, match=r"503 .*: come again"):
        pushed(corpus(20), proxy.graph_store, via="gsp", parallel=1)
    puts = [path for method, path, _ in proxy.seen if method == "PUT"]
    assert len(puts) <= 2 * LIMITS.attempts
    assert puts[0] == puts[LIMITS.attempts - 1]


@pytest.mark.parametrize("via", VIAS)
def test_change_without_an_answer_is_made_again(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, via: str
) -> None:
    proxy.faults.extend([cut, failing(502), cut])
    limits = NetworkLimits(backoff=0.02, attempts=4)  # all three may meet one request
    assert pushed(corpus(4), address(proxy, via), limits=limits).is_fine
    assert held(oxigraph, ROOT) == meant(corpus(4))


def test_slow_store_is_given_up(proxy: Proxy, pushed: Push) -> None:
    proxy.always = silent
    limits = NetworkLimits(read=0.3, deadline=5, backoff=0.01, attempts=2)
    with pytest.raises(TimedOutError, match="silent for too long"):
        pushed(corpus(1), proxy.update, limits=limits)


def test_time_in_all_is_up(proxy: Proxy, oxigraph: RunningStore, pushed: Push) -> None:
    """What arrived is there, and the next push sends the rest alone."""
    limits = NetworkLimits(backoff=100, attempts=9, whole=60)
    proxy.faults.extend([lambda _: True] * 4)
    proxy.always = failing(503)
    # The next attempt would come after the limit, so that it is not waited for.
    with pytest.raises(TimeUpError, match="60 seconds in all, their limit"):
        pushed(corpus(9), proxy.update, limits=limits, parallel=1)
    assert held(oxigraph, ROOT)
    proxy.always = None
    result = pushed(corpus(9), proxy.update)
    assert result.is_fine
    assert 0 < result.counts[Action.UNCHANGED] < 9


def test_unreachable_store(pushed: Push) -> None:
    with pytest.raises(ConnectionFailedError):
        pushed(corpus(1), f"http://127.0.0.1:{free_port()}/update")


def test_answer_without_end_is_cut(proxy: Proxy, pushed: Push) -> None:
    def read(handler: Handler) -> bool:
        return huge(handler) if b"CONSTRUCT" in handler.body else True

    proxy.on_read = read
    limits = NetworkLimits(max_bytes=1 << 20, backoff=0.01, attempts=2)
    with pytest.raises(TooLargeError):
        pushed(corpus(1), proxy.update, limits=limits)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(
    proxy: Proxy, pushed: Push, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("LOD_PUSH_USER", "desk")
    monkeypatch.setenv("LOD_PUSH_PASSWORD", "secret-word")
    with faulty(None) as elsewhere:
        proxy.always = redirect(elsewhere.update.replace("//", "//desk:pw@"), status)
        with pytest.raises(RedirectError) as caught:
            pushed(corpus(1), proxy.update)
        assert elsewhere.seen == []
    assert elsewhere.update in str(caught.value.hint)
    assert "pw" not in str(caught.value.hint)


def test_wrong_address(oxigraph: RunningStore, pushed: Push) -> None:
    with pytest.raises(StoreError, match=r"404 .*neither a graph .PUT. nor SPARQL Update"):
        pushed(corpus(1), f"{oxigraph.base}/nowhere")
    with pytest.raises(StoreError, match="does not take SPARQL Update"):
        pushed(corpus(1), oxigraph.graph_store, via="update")
    with pytest.raises(LodError, match="answered 415"):
        pushed(corpus(1), oxigraph.update, query=oxigraph.graph_store)


@pytest.mark.parametrize("via", VIAS)
def test_publication_that_is_refused_leaves_the_others_alone(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push, via: str
) -> None:
    def refuse(handler: Handler) -> bool:
        if b"poison" not in handler.body:
            return True
        return failing(400)(handler)

    before = corpus(5)
    pushed(before, address(proxy, via))
    proxy.always = refuse
    base = f"{ROOT}2/"
    # The graph of the claims comes last, so that by PUT too nothing was changed before.
    after = [*before[:2], parcel(base, quads(base, texts=["poison"])), *before[3:]]
    after[4] = parcel(f"{ROOT}4/", quads(f"{ROOT}4/", claims=2))
    result = pushed(after, address(proxy, via))
    assert [(one.kind, one.base) for one in result.problems] == [("refused", base)]
    assert "400 (Bad Request): come again" in result.problems[0].message
    assert held(oxigraph, ROOT) == meant([*before[:4], after[4]])
    assert held(oxigraph, "urn:lod:") == {}


def test_request_that_is_too_much_is_divided(
    proxy: Proxy, oxigraph: RunningStore, pushed: Push
) -> None:
    def small(handler: Handler) -> bool:
        return True if handler.body.count(b"\n") < 40 else failing(413)(handler)

    proxy.always = small
    one = parcel(ROOT, quads(ROOT, claims=100))
    result = pushed([one], proxy.update)
    assert (result.is_fine, result.several_steps) == (True, 1)
    assert held(oxigraph, ROOT) == meant([one])
    assert held(oxigraph, "urn:lod:") == {}


def test_parallel_requests_are_limited(proxy: Proxy, pushed: Push) -> None:
    def slow(handler: Handler) -> bool:
        time.sleep(0.02)
        return True

    proxy.always = slow
    assert pushed(corpus(30), proxy.update, parallel=3).is_fine
    # One more may ask what is there already.
    assert 2 <= proxy.most_at_once <= 4


def test_store_that_dies_halfway(tmp_path: Path, pushed: Push) -> None:
    parcels, port = corpus(60), free_port()
    with running_oxigraph(tmp_path / "data", port=port) as store, faulty(store) as proxy:
        limits = NetworkLimits(backoff=0.01, attempts=2)

        def die(handler: Handler) -> bool:
            if proxy.writes > 30:
                store.kill()
            return True

        proxy.always = die
        with pytest.raises(NetworkError):
            pushed(parcels, proxy.update, limits=limits)
    with running_oxigraph(tmp_path / "data", port=port) as store:
        there = len(held(store, ROOT))
        assert 0 < there < 120
        with faulty(store) as proxy:
            # The address is another one now, so what there is must be found without the state.
            result = pushed(parcels, proxy.update)
            assert result.is_fine
            assert result.counts[Action.UNCHANGED] == there // 2
            assert result.counts[Action.ADDED] == 60 - there // 2
        assert held(store, ROOT) == meant(parcels)


def test_only_one_push_at_a_time(oxigraph: RunningStore, pushed: Push, tmp_path: Path) -> None:
    with (
        State(tmp_path / "state.sqlite"),
        pytest.raises(LodError, match="another push to this store is at work"),
    ):
        pushed(corpus(1), oxigraph.update)
    assert held(oxigraph, ROOT) == {}


def test_state_that_is_none(oxigraph: RunningStore, pushed: Push, tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_text("this is no database, however long it is " * 20)
    with pytest.raises(LodError, match="cannot be used") as caught:
        pushed(corpus(1), oxigraph.update)
    assert "can be deleted" in str(caught.value.hint)


def test_store_that_nobody_can_read(proxy: Proxy, oxigraph: RunningStore, pushed: Push) -> None:
    def only_updates(handler: Handler) -> bool:
        is_update = handler.headers.get("Content-Type") == "application/sparql-update"
        return is_update or failing(404)(handler)

    proxy.guard = only_updates
    with pytest.raises(StoreError, match="nobody answers queries") as caught:
        pushed(corpus(1), proxy.update)
    assert "--query" in str(caught.value.hint)
    result = pushed(corpus(2), proxy.update, check=False)
    assert (result.counts[Action.ADDED], result.checked_quads) == (2, 0)
    assert pushed(corpus(2), proxy.update, check=False).counts[Action.UNCHANGED] == 2
    assert held(oxigraph, ROOT) == meant(corpus(2))
