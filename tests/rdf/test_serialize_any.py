"""Whatever stands in a dataset, every format gives it back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lod.errors import FormatError
from lod.namespaces import PREFIXES
from lod.rdf.dataset import Dataset
from lod.rdf.formats import FORMATS, JSON_LD, RDF_XML, Format
from lod.rdf.serialize import serialize
from lod.rdf.terms import literal

if TYPE_CHECKING:
    from tests.rdf.conftest import Quad, Reader

# rdflib logs every literal that does not fit its datatype, and we make many.
logging.getLogger("rdflib").setLevel(logging.CRITICAL)

BASE = "https://data.example.org/p/"
TERMS = "https://data.example.org/terms#"
LOD, XSD, SCHEMA = PREFIXES["lod"], PREFIXES["xsd"], PREFIXES["schema"]
PROV, RDF = PREFIXES["prov"], PREFIXES["rdf"]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    [
        "",
        '"',
        "\\",
        "\\n",
        "\n",
        "\r\n",
        "a\tb",
        "\x00",
        "\x85\u2028",
        "\u202eabc",
        "\ufeff",
        "😀",
        'say """hi"""',
        "]]>",
        "&amp;<b>",
        "@id",
        "עברית",
        "e\u0301",
        "1",
        " x ",
        "\ufffe",
    ]
)
LANGUAGES = st.sampled_from(["en", "kk", "ar", "de-ch", "zh-hant-tw"])
NUMBERS = st.sampled_from(
    [
        "0",
        "-0",
        "+5",
        "007",
        "28000000000",
        "9007199254740993",
        "1" * 30,
        "2.1",
        "2.10",
        ".5",
        "-3.",
        "0.0000001",
        "1e3",
        "NaN",
        "INF",
        "true",
        "false",
        "2024-11-27",
        "31 February",
        "0.0",
    ]
) | st.decimals(allow_nan=False, allow_infinity=False).map(lambda d: f"{d:f}")
DATATYPES = st.sampled_from(
    [
        *(XSD + n for n in ("integer", "decimal", "boolean", "date", "nonNegativeInteger")),
        TERMS + "unit",
        "urn:x:datatype",
    ]
)
CHARACTERS = st.sampled_from("abcXYZ019-._~%25/?:@!$&'()*+,;=éқ中😀")
TAILS = st.text(CHARACTERS, max_size=8).map(lambda tail: tail.replace("%", "%25"))
IRIS = st.one_of(
    TAILS.map(lambda tail: BASE + tail),
    TAILS.map(lambda tail: TERMS + tail),
    TAILS.map(lambda tail: f"http://example.org/{tail}#{tail.replace('%25', '')}"),
    st.sampled_from(
        [
            "urn:x:y",
            "urn:claim:1",
            LOD + "stated",
            LOD + "Claim",
            SCHEMA + "Claim",
            RDF + "nil",
            PROV + "Entity",
            BASE,
            BASE + "#",
            BASE + "a/b/",
            BASE + "claim/a.b.",
            TERMS,
        ]
    ),
)
# Things of a publication, so that claims, their parts and what is shared are nested in each other.
THINGS = st.sampled_from(
    [
        "document",
        "dataset",
        "build",
        "text/ab12",
        "claim/a",
        "claim/a/value",
        "claim/a/value/per",
        "claim/a/period",
        "claim/a/anchor/1",
        "claim/a/anchor/1/quote",
        "claim/b/1",
        "claim/b/2",
        "claim/b/anchor/1",
        "entity/x",
        "entity/y",
        "reported/x",
        "reported/x/y",
    ]
).map(lambda name: BASE + name)
KNOWN = st.sampled_from(
    [
        *(LOD + n for n in ("subject", "value", "during", "anchor", "modality", "wording", "per")),
        *(LOD + n for n in ("property", "literal", "saidOn", "denies", "sentence", "share")),
        *(SCHEMA + n for n in ("value", "minValue", "about", "startDate", "encodesCreativeWork")),
        *(PROV + n for n in ("wasDerivedFrom", "wasAttributedTo")),
        *(PREFIXES["rel"] + n for n in ("rank", "describedAs")),
        PREFIXES["oa"] + "hasSelector",
        PREFIXES["rdfs"] + "label",
        PREFIXES["owl"] + "sameAs",
        PREFIXES["dcterms"] + "publisher",
    ]
)
NAMES = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.-]{0,6}", fullmatch=True).map(lambda n: TERMS + n)


def raw(text: str) -> str:
    """A literal with the four escapes of canonical N-Triples only."""
    for character, escape in {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}.items():
        text = text.replace(character, escape)
    return f'"{text}"'


LITERALS = st.one_of(
    TEXT.map(literal),
    TEXT.map(raw),
    st.builds(literal, TEXT, LANGUAGES),
    st.builds(lambda lexical, datatype: f'"{lexical}"^^<{datatype}>', NUMBERS, DATATYPES),
    # PyLD writes every double in its canonical form.
    st.sampled_from(["0.0E0", "-2.8E10"]).map(lambda lexical: f'"{lexical}"^^<{XSD}double>'),
)


def in_brackets(iri: str) -> str:
    return f"<{iri}>"


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    """A dataset of a few quads; often a publication."""
    subjects = draw(st.sampled_from([IRIS, THINGS, THINGS]))
    types = st.tuples(
        subjects.map(in_brackets),
        st.just(f"<{RDF}type>"),
        (IRIS | st.sampled_from([LOD + "Claim", PREFIXES["oa"] + "TextQuoteSelector"])).map(
            in_brackets
        ),
    )
    derived = st.tuples(
        subjects.map(in_brackets),
        st.just(f"<{PROV}wasDerivedFrom>"),
        st.just(f"<{BASE}document>"),
    )
    others = st.tuples(
        subjects.map(in_brackets),
        (KNOWN | NAMES).map(in_brackets),
        LITERALS | (subjects | IRIS).map(in_brackets),
    )
    statement = st.one_of(others, others, types, derived).map(lambda t: " ".join(t) + " .\n")
    text = st.lists(statement, max_size=12).map("".join)
    graphs = draw(st.dictionaries(subjects, text, max_size=2))
    prefixes = draw(
        st.sampled_from(
            [
                {},
                {**PREFIXES, "claim": f"{BASE}claim/", "entity": f"{BASE}entity/", "own": TERMS},
                {"": TERMS, "urn": "urn:claim:", "id": BASE, "type": TERMS, "xmlns": TERMS},
            ]
        )
    )
    base = draw(st.sampled_from([BASE, BASE, "https://data.example.org/p#", "urn:x:"]))
    return Dataset(base, draw(text), graphs, prefixes)


@pytest.mark.parametrize("format_", FORMATS, ids=str)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(dataset=datasets())
def test_every_format_gives_every_dataset_back(
    format_: Format,
    dataset: Dataset,
    readers: dict[str, Reader],
    expected: Callable[[Dataset, Format], set[Quad]],
) -> None:
    try:
        text = serialize(dataset, format_)
    except FormatError:
        assert format_ is RDF_XML
        return
    assert text == serialize(dataset, format_)
    for reader in ("pyoxigraph", "rdflib", *(["pyld"] if format_ is JSON_LD else [])):
        assert readers[reader](text, format_) == expected(dataset, format_), reader
