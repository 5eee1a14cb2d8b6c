"""What servers do wrong, and what the client makes of each."""

from __future__ import annotations

import threading
import tracemalloc
from collections.abc import Callable

import pytest

from lod.errors import InputError
from lod.http.errors import (
    ConnectionFailedError,
    DeadlineError,
    NetworkError,
    RateLimitedError,
    RefusedError,
    ServerError,
    TimedOutError,
    TooLargeError,
    TruncatedError,
    WrongContentTypeError,
)
from lod.http.retry import NetworkLimits
from lod.version import __version__
from lod.wikidata.api import ApiError, BadAnswerError, LaggedError
from lod.wikidata.client import Client
from lod.wikidata.items import Item
from tests.wikidata import faults
from tests.wikidata.conftest import Clock
from tests.wikidata.faults import Fault
from tests.wikidata.wikibase import Handler, LocalWikibase

Connect = Callable[..., Client]

MEGABYTE = 1 << 20
HTTP_DATE = "Wed, 27 Nov 2024 10:00:00 GMT"
LATER = "Wed, 27 Nov 2024 10:00:20 GMT"


def label(client: Client) -> str | None:
    """Ask for one item."""
    item = client.get_items(["Q649"], ["en"])["Q649"]
    assert isinstance(item, Item)
    return item.label("en")


#: Faults that pass: the error where they never do, and the waits of four repetitions.
BACKOFF = [0.5, 1.0, 2.0, 4.0]
PASSING = [
    pytest.param(faults.maxlag("9"), LaggedError, [9.0] * 4, id="maxlag"),
    pytest.param(faults.maxlag("1"), LaggedError, [5.0] * 4, id="maxlag, too short a wait"),
    pytest.param(faults.maxlag(None), LaggedError, [5.0] * 4, id="maxlag, no Retry-After"),
    pytest.param(faults.too_many("7"), RateLimitedError, [7.0] * 4, id="429, seconds"),
    pytest.param(
        faults.too_many(LATER, Date=HTTP_DATE), RateLimitedError, [20.0] * 4, id="429, date"
    ),
    pytest.param(
        faults.too_many(HTTP_DATE, Date=LATER), RateLimitedError, [], id="429, date in the past"
    ),
    pytest.param(faults.too_many(None), RateLimitedError, BACKOFF, id="429, no Retry-After"),
    pytest.param(faults.too_many("soon"), RateLimitedError, BACKOFF, id="429, no sense"),
    pytest.param(faults.api_error("ratelimited"), RateLimitedError, BACKOFF, id="ratelimited"),
    pytest.param(faults.failing(500), ServerError, BACKOFF, id="500"),
    pytest.param(faults.failing(502), ServerError, BACKOFF, id="502"),
    pytest.param(faults.failing(503), ServerError, BACKOFF, id="503"),
    pytest.param(faults.failing(504), ServerError, BACKOFF, id="504"),
    pytest.param(faults.api_error("readonly"), ServerError, BACKOFF, id="read-only"),
    pytest.param(
        faults.api_error("internal_api_error_DBQueryError"), ServerError, BACKOFF, id="internal"
    ),
    pytest.param(faults.truncated, TruncatedError, BACKOFF, id="truncated"),
    pytest.param(faults.truncated_chunks, TruncatedError, BACKOFF, id="truncated chunks"),
    pytest.param(faults.half_json, TruncatedError, BACKOFF, id="half an answer"),
    pytest.param(faults.answer(b""), TruncatedError, BACKOFF, id="no body"),
    pytest.param(
        faults.answer(b"no gzip", Content_Encoding="gzip"), TruncatedError, BACKOFF, id="bad gzip"
    ),
    pytest.param(faults.hang_up, ConnectionFailedError, BACKOFF, id="hung up"),
]


@pytest.mark.parametrize(("fault", "error", "waits"), PASSING)
def test_what_passes_is_waited_for(
    local: LocalWikibase,
    client: Client,
    clock: Clock,
    fault: Fault,
    error: type,
    waits: list[float],
) -> None:
    local.fail(fault, fault)
    assert label(client) == "Moscow"
    assert clock.waits == pytest.approx(waits[:2])
    assert len(local.requests) == 3


@pytest.mark.parametrize(("fault", "error", "waits"), PASSING)
def test_what_does_not_pass_is_reported(
    local: LocalWikibase,
    client: Client,
    clock: Clock,
    fault: Fault,
    error: type,
    waits: list[float],
) -> None:
    local.always_fail(fault)
    with pytest.raises(error) as caught:
        label(client)
    assert type(caught.value) is error
    assert clock.waits == pytest.approx(waits)
    assert len(local.requests) == 5


#: Faults that a repetition would not cure.
LASTING = [
    pytest.param(faults.answer(b"{}", status=400), RefusedError, id="400"),
    pytest.param(faults.answer(b"{}", status=404), RefusedError, id="404"),
    pytest.param(faults.answer(b"<html>", kind="text/html"), WrongContentTypeError, id="html"),
    pytest.param(faults.answer(b"{}", kind=None), WrongContentTypeError, id="no content type"),
    pytest.param(
        faults.answer(b"{}", kind="application/json-evil"), WrongContentTypeError, id="not quite"
    ),
    pytest.param(faults.answer(b"[1]"), BadAnswerError, id="no object"),
    pytest.param(faults.answer(b"[" * 200_000), BadAnswerError, id="deep"),
    pytest.param(faults.api_error("badvalue"), ApiError, id="error of the API"),
    pytest.param(faults.answer(b'{"error": "odd"}'), ApiError, id="error of no shape"),
]


@pytest.mark.parametrize(("fault", "error"), LASTING)
def test_what_lasts_is_reported_at_once(
    local: LocalWikibase, client: Client, clock: Clock, fault: Fault, error: type
) -> None:
    local.fail(fault)
    with pytest.raises(error) as caught:
        label(client)
    assert type(caught.value) is error
    assert clock.waits == []
    assert len(local.requests) == 1
    # The session is still good.
    assert label(client) == "Moscow"


@pytest.mark.parametrize("fault", [faults.too_many("86400"), faults.maxlag("600")])
def test_a_server_that_asks_for_a_long_wait_is_left_alone(
    local: LocalWikibase, client: Client, clock: Clock, fault: Fault
) -> None:
    local.always_fail(fault)
    with pytest.raises(NetworkError) as caught:
        label(client)
    assert "wait" in str(caught.value.hint)
    assert clock.waits == []
    assert len(local.requests) == 1


def test_jitter_only_adds_to_what_the_server_asks(
    local: LocalWikibase, connect: Connect, clock: Clock
) -> None:
    client = connect(jitter=lambda: 1.0)
    local.fail(faults.too_many("10"), faults.failing(503))
    label(client)
    assert clock.waits == pytest.approx([11.0, 2.0])


def test_all_wait_when_one_is_told_to(local: LocalWikibase, connect: Connect, clock: Clock) -> None:
    gate = threading.Barrier(2, timeout=10)

    def both_then_limited(handler: Handler) -> bool:
        gate.wait()
        return faults.too_many("30")(handler)

    client = connect(limits=NetworkLimits(parallel=2))
    local.fail(both_then_limited, both_then_limited)
    ids = [qid for qid in local.entities if qid.startswith("Q")][:100]
    assert len(client.get_items(ids, ["en"])) == 100
    # One wait of 30 seconds each, or a common one: never a request before it is over.
    assert clock.now() - 1_732_701_600.0 >= 30


# -- time

FAST = NetworkLimits(connect=5, read=5, deadline=0.2, attempts=2)


@pytest.mark.parametrize("fault", [faults.drip, faults.drip_headers, faults.silent])
def test_a_slow_drip_ends_at_the_deadline(
    local: LocalWikibase, connect: Connect, fault: Fault
) -> None:
    client = connect(limits=FAST)
    local.always_fail(fault)
    with pytest.raises(DeadlineError, match=r"0\.2 seconds"):
        label(client)
    assert len(local.requests) == 2


def test_after_a_slow_drip_the_session_is_good(local: LocalWikibase, connect: Connect) -> None:
    client = connect(limits=FAST)
    local.fail(faults.drip)
    assert label(client) == "Moscow"


@pytest.mark.parametrize("fault", [faults.silent, faults.silent_in_body])
def test_silence_ends_at_the_read_timeout(
    local: LocalWikibase, connect: Connect, fault: Fault
) -> None:
    client = connect(limits=NetworkLimits(read=0.1, attempts=2))
    local.always_fail(fault)
    with pytest.raises(TimedOutError):
        label(client)
    assert len(local.requests) == 2


def test_nobody_listens(local: LocalWikibase, connect: Connect, clock: Clock) -> None:
    client = connect()
    local.__exit__(None, None, None)
    with pytest.raises(ConnectionFailedError):
        label(client)
    assert clock.waits == pytest.approx(BACKOFF)


# -- size


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_body_is_never_held(local: LocalWikibase, connect: Connect, declared: bool) -> None:
    client = connect(limits=NetworkLimits(max_bytes=MEGABYTE))
    label(client)
    local.fail(faults.zeros(1 << 30, declared=declared))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError, match="1,048,576 bytes"):
            label(client)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 8 * MEGABYTE
    # What was sent beyond the limit lay in the buffers of the system.
    assert local.bytes_sent < 64 * MEGABYTE
    assert label(client) == "Moscow"


def test_a_compressed_bomb(local: LocalWikibase, connect: Connect) -> None:
    client = connect(limits=NetworkLimits(max_bytes=MEGABYTE))
    local.fail(faults.bomb(64))
    with pytest.raises(TooLargeError):
        label(client)


@pytest.mark.parametrize("status", [403, 503])
def test_a_huge_page_of_an_error_is_not_read(
    local: LocalWikibase, connect: Connect, status: int
) -> None:
    client = connect(limits=NetworkLimits(attempts=1))
    local.fail(faults.zeros(1 << 30, status=status))
    with pytest.raises(NetworkError):
        label(client)
    assert local.bytes_sent < 64 * MEGABYTE


# -- manners


def test_every_request_says_who_asks_and_steps_back_for_lag(
    local: LocalWikibase, client: Client
) -> None:
    client.get_items(["Q649", "Q999999999"], ["en"])
    client.search("Moscow", "en")
    assert len(local.requests) == 4
    for request in local.requests:
        agent = request.headers["user-agent"]
        assert agent.startswith(f"lod/{__version__} (tests@example.org) requests/")
        assert request.params["maxlag"] == "5"


def test_no_password_and_no_cookie_is_sent(
    local: LocalWikibase, client: Client, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = f"{tmp_path}/netrc"
    with open(netrc, "w", encoding="utf-8") as file:  # noqa: PTH123 - a path of any kind
        file.write("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", netrc)
    local.fail(faults.answer(b"{}", status=503, Set_Cookie="session=1"))
    label(client)
    for request in local.requests:
        assert not {"authorization", "cookie"} & request.headers.keys()


@pytest.mark.parametrize(
    "contact", ["", "  ", "a@example.org\r\nX: 1", "ä@example.org", "a) x/1 ("]
)
def test_a_contact_that_no_header_can_carry(contact: str) -> None:
    with pytest.raises(InputError, match="contact"):
        Client(contact=contact)


def test_the_first_failure_ends_the_rest(local: LocalWikibase, client: Client) -> None:
    local.always_fail(faults.answer(b"{}", status=403))
    ids = [qid for qid in local.entities if qid.startswith("Q")][:2000]
    with pytest.raises(RefusedError) as caught:
        client.get_items(ids, ["en"])
    assert caught.value.status == 403
    assert "contact" in str(caught.value.hint)
    assert len(local.requests) < 40
