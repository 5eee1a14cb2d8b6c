"""Whatever a publication is called, every file about it can be read."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import yaml
from pyoxigraph import NamedNode, RdfFormat, parse

from tests.site.data.sites import built, make_site, quoted, small_view

FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
}
# What would end a string, an element, a line or a script somewhere.
HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "cdata": "]]> & <!-- --> <x a='b'> {{ 7 * 7 }} {% raw %} {0} %s $1 %1",
    "quotes": 'a "quote" \\ and \\u0041 \\" end\\',
    "bidi": "three \u202e over \u2066 ride \u200f",
    "lines": "lines \n two \r three \t tab \u2028 four \x85 five",
    "controls": "control \x01 \x0b \x7f \x00 end",
    "noncharacters": "last \uffff \ufffe \U0001f600 \U0010ffff",
    "yaml": "- a: b # c\n--- ... ! & * no: yes",
    "long": "x" * 1_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("several", [False, True], ids=["one", "several"])
def test_hostile_texts_leave_every_file_well_formed(
    tmp_path: Path, text: str, several: bool
) -> None:
    more = f"description: {quoted(text)}\n  keywords: [{quoted(text[:1000])}]"
    folder = "small/" if several else ""
    view = small_view(tmp_path, folder, title=text, publisher=text, label=text, more=more)
    base = "https://data.example.org/" if several else view.base
    files = built([view], make_site(base, several=several, title=text))
    for path, content in files.items():
        ending = path.rpartition(".")[2]
        content.decode("utf-8")
        if ending in FORMATS:
            assert list(parse(content, format=FORMATS[ending])), path
        elif path.endswith("void"):
            assert content == files["void.ttl"]
        elif ending == "xml":
            ET.fromstring(content)  # noqa: S314 (ours)
        elif ending == "json":
            json.loads(content)
        elif ending == "cff":
            assert yaml.safe_load(content)["cff-version"] == "1.2.0"
        elif ending == "html":
            assert b"<script>alert" not in content
            assert content.count(b"</script>") == content.count(b"<script")
            assert len(content) < 100_000
    # A heading is cut where it is too long; in the data the text is whole, as it was.
    for ending in ("nq", "jsonld"):
        found = parse(files[f"{folder}dataset.{ending}"], format=FORMATS[ending])
        assert [q.object.value for q in found if _is_title(q.predicate)] == [text]


def _is_title(predicate: NamedNode) -> bool:
    return predicate.value == "http://purl.org/dc/terms/title"
