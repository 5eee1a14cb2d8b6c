"""What a client is given: RFC 9110, section 12.5.1, by example and by property."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.server.media import (
    GRAPHS,
    RESULTS,
    MediaRange,
    Offer,
    accepts_gzip,
    choose,
    parse_accept,
    quality_of,
)

PAGE = Offer("html", "text/html", ("application/xhtml+xml",))
TURTLE = Offer("turtle", "text/turtle")
JSON = Offer("json", "application/ld+json", ("application/json",))
OFFERS = (PAGE, TURTLE, JSON)

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

CASES = [
    (None, "html"),
    ("", "html"),
    ("*/*", "html"),
    ("text/turtle", "turtle"),
    ("TEXT/Turtle", "turtle"),
    ("text/*", "html"),
    ("application/*", "json"),
    ("application/json", "json"),
    ("text/turtle;q=0.9, text/html;q=0.8", "turtle"),
    ("text/turtle;q=0.8, text/html;q=0.9", "html"),
    ("text/turtle; q=0.8 , */*;q=0.1", "turtle"),
    # the most specific range decides, not the best
    ("text/*;q=0.9, text/html;q=0.1", "turtle"),
    ("*/*, text/html;q=0", "turtle"),
    ("*/*;q=0.5, text/*;q=0", "json"),
    # parameters that are not known do not matter
    ("text/turtle;version=1.2", "turtle"),
    ('text/turtle;profile="a,b;q=0";q=0.9', "turtle"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "json"),
    ("text/html;level=1;q=0.2, text/turtle;q=0.3", "turtle"),
    ("text/turtle;charset=utf-8", "turtle"),
    # the same range twice counts once, with its best weight
    ("text/turtle;q=0.1, text/turtle;v=2;q=1, text/html;q=0.5", "turtle"),
    # weights that are not to the letter of RFC 9110, by their value
    ("application/ld+json;q=.9, text/turtle;q=.8", "json"),
    ("text/turtle;q=.9, text/html;q=0.5", "turtle"),
    ("text/turtle;q=0.12345, text/html;q=0.12344", "turtle"),
    ("text/html;q=.5, text/turtle;q=1.0000", "turtle"),
    ("text/turtle;q=1., text/html;q=0.", "turtle"),
    # what is malformed is left out
    ("text/turtle;q=2, text/html;q=0.1", "html"),
    ("text/turtle;q=high, application/ld+json", "json"),
    ("nonsense, text/turtle", "turtle"),
    ("nonsense", "html"),
    (",,, ,text/turtle,", "turtle"),
    ("*/turtle, application/ld+json", "json"),
    ("text/turtle;q=0.001", "turtle"),
    (BROWSER, "html"),
    ("image/png", None),
    ("text/html;q=0, text/turtle;q=0.0, application/ld+json;q=0.000", None),
    ("*/*;q=0", None),
    ("text/plain, image/*", None),
]


@pytest.mark.parametrize(("accept", "name"), CASES)
def test_choice(accept: str | None, name: str | None) -> None:
    chosen = choose(accept, OFFERS)
    assert (chosen[0].name if chosen else None) == name


def test_alias_is_sent_as_what_was_asked_for() -> None:
    assert choose("application/json", RESULTS) == (RESULTS[0], "application/json")
    assert choose("application/json;q=0.1, */*;q=0.05", GRAPHS) == (GRAPHS[1], "application/json")


def test_alias_is_for_who_names_it() -> None:
    # text/plain is N-Triples for old clients, but text/* asks for no such thing by name.
    assert choose("text/*", GRAPHS) == (GRAPHS[0], "text/turtle")


TYPES = [offer.media_type for offer in OFFERS]
RANGES = st.sampled_from([*TYPES, "text/*", "application/*", "*/*", "image/png", "image/*"])
WEIGHTS = st.integers(0, 1000).map(lambda n: n / 1000)
HEADERS = st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=8)


def written(ranges: list[tuple[str, float]]) -> str:
    return ", ".join(f"{name};q={weight:.3f}" for name, weight in ranges)


@given(HEADERS)
def test_choice_is_the_best_there_is(ranges: list[tuple[str, float]]) -> None:
    header = written(ranges)
    chosen = choose(header, OFFERS)
    weights = {one.name: quality_of(one.media_type, parse_accept(header)) for one in OFFERS}
    if chosen is None:
        assert not any(weights.values())
    else:
        assert weights[chosen[0].name] == max(weights.values()) > 0


@given(HEADERS, st.randoms())
def test_order_of_the_header_does_not_matter(ranges: list[tuple[str, float]], chance) -> None:  # type: ignore[no-untyped-def] # hypothesis has no name for it
    shuffled = list(ranges)
    chance.shuffle(shuffled)
    assert choose(written(ranges), OFFERS) == choose(written(shuffled), OFFERS)


@given(HEADERS, st.sampled_from([";v=1", ';p="x,y"', ";a=b;c=d", "; level=3"]))
def test_parameters_do_not_matter(ranges: list[tuple[str, float]], more: str) -> None:
    with_more = ", ".join(f"{name}{more};q={weight:.3f}" for name, weight in ranges)
    assert choose(with_more, OFFERS) == choose(written(ranges), OFFERS)


@given(st.text(max_size=200))
def test_any_header_gives_a_choice_or_none(header: str) -> None:
    chosen = choose(header, OFFERS)
    assert chosen is None or chosen[0] in OFFERS
    assert all(0 <= one.quality <= 1 for one in parse_accept(header))


@given(st.lists(st.sampled_from(['"', "\\", ",", ";", "q=1", "a/b", " ", "*"]), max_size=300))
def test_hostile_headers_are_read_quickly(parts: list[str]) -> None:
    parse_accept("".join(parts))


def test_specificity() -> None:
    ranges = [MediaRange(*one, 1.0) for one in (("*", "*"), ("text", "*"), ("text", "html"))]
    assert [one.specificity for one in ranges] == [0, 1, 2]


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        (None, False),
        ("", False),
        ("gzip", True),
        ("GZIP;q=1.0, br", True),
        ("x-gzip", True),
        ("br, deflate", False),
        ("*", True),
        ("*;q=0", False),
        ("gzip;q=0, *", False),
        ("identity, gzip;q=0.000", False),
        # gzip no less than the bytes as they are
        ("gzip;q=0.5, identity;q=1", False),
        ("gzip;q=0.5, identity;q=0.5", True),
        ("identity;q=0, gzip;q=0.1", True),
        ("br;q=1, gzip;q=0.001", True),
        ("gzip;q=high", True),
        (";q=1,,gzip;;q=0", False),
    ],
)
def test_gzip(header: str | None, accepted: bool) -> None:
    assert accepts_gzip(header) is accepted
