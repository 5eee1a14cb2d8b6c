"""IRIs: what the check passes, every parser takes; what it refuses, it says how to write."""

from __future__ import annotations

import logging
import re

import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from lod.rdf.iri import encoded, iri_problem

_PARTS = st.one_of(
    st.sampled_from(
        [
            "[",
            "]",
            "#",
            "?",
            "/",
            "%",
            "%41",
            "%zz",
            "@",
            ":",
            "\u200e",
            "\ue000",
            "\ufdd0",
            "\U0001fffe",
            "\u061c",
            "\u2066",
            "[::1]",
            "[::g]",
            "[1::2::3]",
            "[v1.x]",
            ":80",
            ":x",
            "a@",
            "é",
            "中",
            "\U000e0001",
            "\U000f0000",
            "\ufffd",
            "'",
            "(",
            "|",
            "^",
            "\\",
            "\xad",
            "x",
        ]
    ),
    st.text(max_size=3),
)
IRIS = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(
            ["https://", "http://", "https://e.org", "https://e.org/", "urn:", "urn:x:", "https:"]
        ),
        st.lists(_PARTS, max_size=6).map("".join),
    ),
)


def taken_by_all(iri: str) -> bool:
    """Whether pyoxigraph and rdflib read it from N-Triples and Turtle, as the very same."""
    data = f"<{iri}> <urn:x:p> <{iri}> .\n"
    try:
        for format_ in (pyoxigraph.RdfFormat.N_TRIPLES, pyoxigraph.RdfFormat.TURTLE):
            (quad,) = pyoxigraph.parse(data, format=format_)
            assert quad.subject == pyoxigraph.NamedNode(iri)
        for name in ("nt", "turtle"):
            ((subject, _, _),) = rdflib.Graph().parse(data=data, format=name)
            assert str(subject) == iri
            assert subject.n3() == f"<{iri}>"
    except Exception:  # whatever they say, it was not taken
        return False
    return True


@settings(max_examples=1500)
@given(IRIS)
def test_what_passes_is_taken_by_every_parser(iri: str) -> None:
    logging.getLogger("rdflib.term").disabled = True
    problem = iri_problem(iri)
    if problem is None:
        assert taken_by_all(iri), iri
        if iri.startswith("http"):
            assert re.match("https?://[^/?#]+", iri)
    elif (better := encoded(iri)) is not None:
        assert iri_problem(better) is None
        assert taken_by_all(better)


@pytest.mark.parametrize(
    ("iri", "problem", "better"),
    [
        ("https://e.org/a?filter[year]=2024", "has [ at character 23",
         "https://e.org/a?filter%5Byear%5D=2024"),
        ("https://e.org/a#b#c", "has a second # at character 18", "https://e.org/a#b%23c"),
        ("https://e.org/a b", "has a space at character 16", "https://e.org/a%20b"),
        ("https://e.org/\ue000", "has U+E000 at character 15", "https://e.org/%EE%80%80"),
        ("https://e.org/\ufdd0", "has U+FDD0 at character 15", "https://e.org/%EF%B7%90"),
        ("https://e.org/\U0001fffe", "has U+1FFFE at character 15", "https://e.org/%F0%9F%BF%BE"),
        ("https://e.org/a\u061cb", "has U+061C at character 16", "https://e.org/a%D8%9Cb"),
        ("https://e.org/a\u2067b", "has U+2067 at character 16", "https://e.org/a%E2%81%A7b"),
        ("https://[::1/", "has no host", None),
        ("https://[1::2::3]/", "has the host [1::2::3], which is no IPv6 address", None),
        ("https://[v1.x]/", "has the host [v1.x], which is no IPv6 address", None),
        ("https://e.org/%4", "has a % without two hexadecimal digits at character 15", None),
        ("urn:x:[a]", "has [ at character 7", "urn:x:%5Ba%5D"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_the_right_form(
    iri: str, problem: str, better: str | None
) -> None:
    assert iri_problem(iri) == problem
    assert encoded(iri) == better


@pytest.mark.parametrize(
    "iri",
    ["https://[2001:db8::1]:8080/a?b#c", "https://user@e.org/", "https://e.org?q=%5B",
     "urn:uuid:0-1", "https://пример.рф/Ё?я#ж", "https://e.org/'()*,;=:@!$&+"],
)  # fmt: skip
def test_what_is_right_passes(iri: str) -> None:
    assert iri_problem(iri) is None
    assert encoded(iri) is None
    assert taken_by_all(iri)
