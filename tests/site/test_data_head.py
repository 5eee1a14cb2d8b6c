"""The head of a page: FAIR Signposting, other formats, schema.org as search engines want it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from json import loads
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from lod.site.data.head import Head, head_values, term_head
from tests.site.data.sites import (
    MODIFIED,
    built,
    example_files,
    example_view,
    make_site,
    small_view,
    usual_files,
)

BASE = example_view().base
SCHEMA = "https://schema.org/"
_IRI = re.compile(r"https?://[^\s<>\"]+")


def head_of(local: str) -> Head:
    """The head of the page about a thing of the example."""
    view = example_view()
    page = view.paths.file(BASE + local)
    assert page is not None
    values = head_values(view, make_site(BASE).at(view), BASE + local, page)
    head = values["head"]
    assert isinstance(head, Head)
    return head


def test_without_full_data_things_are_described_by_the_dataset() -> None:
    view = example_view()
    site = make_site(BASE, full_data=False).at(view)
    files = usual_files()
    for local, formats in {"claim/trade-2023": 2, "entity/putin": 2, "reported/putin": 3}.items():
        head = head_values(view, site, BASE + local, f"{local}.html")["head"]
        assert isinstance(head, Head)
        described = targets(head, "describedby")
        assert len(described) == formats
        assert all(one.removeprefix("../") in files for one in described)
        # The page in another form is what an alternate is, and the dataset is not that.
        assert targets(head, "alternate") == []


def targets(head: Head, rel: str) -> list[str]:
    return [link.href for link in head.links if link.rel == rel]


class _Links(HTMLParser):
    """The link elements and the JSON-LD of a page, as a browser finds them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[dict[str, str | None]] = []
        self.json_ld: list[Any] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "link":
            self.links.append(dict(attrs))
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.json_ld.append(loads(data))
            self._inside = False


def page(path: str) -> _Links:
    return _Links(example_files()[path].decode("utf-8"))


@dataclass(frozen=True)
class Rule:
    """What FAIR Signposting (signposting.org/FAIR) says of one relation on a landing page."""

    rel: str
    least: int
    most: int | None
    typed: bool = False


LANDING_PAGE = (
    Rule("cite-as", 1, 1),
    Rule("describedby", 1, None, typed=True),
    Rule("item", 1, None, typed=True),
    Rule("type", 1, 2),
    Rule("license", 0, 1),
    Rule("author", 0, None),
    Rule("collection", 0, 0),
)


@pytest.mark.parametrize("rule", LANDING_PAGE, ids=lambda rule: rule.rel)
def test_the_page_of_the_data_is_a_landing_page(rule: Rule) -> None:
    found = [link for link in page("dataset.html").links if link["rel"] == rule.rel]
    assert len(found) >= rule.least
    assert rule.most is None or len(found) <= rule.most
    for link in found:
        assert not rule.typed or link.get("type"), link
        assert _IRI.fullmatch(urljoin(BASE, link["href"] or ""))


def test_the_landing_page_says_what_it_is_and_what_it_is_about() -> None:
    links = page("dataset.html").links
    assert [one["href"] for one in links if one["rel"] == "type"] == [
        f"{SCHEMA}AboutPage",
        f"{SCHEMA}Dataset",
    ]
    assert [one["href"] for one in links if one["rel"] == "cite-as"] == [f"{BASE}dataset"]
    assert {one["href"] for one in links if one["rel"] == "license"} == {
        "https://creativecommons.org/publicdomain/zero/1.0/"
    }


def test_links_to_files_of_the_site_find_them() -> None:
    found = [one for one in page("dataset.html").links if ":" not in (one["href"] or "")]
    for link in found:
        if not (link["href"] or "").startswith("assets/"):
            assert link["href"] in example_files(), link


@pytest.mark.parametrize(
    ("local", "type_"),
    [
        ("document", "NewsArticle"),
        ("claim/trade-2023", "Claim"),
        ("entity/putin", "Person"),
        ("text/34c617f43d33", "MediaObject"),
    ],
)
def test_a_thing_belongs_to_the_data_and_is_described_by_its_files(local: str, type_: str) -> None:
    head = head_of(local)
    up = "../" * local.count("/")
    assert targets(head, "cite-as") == [BASE + local]
    assert targets(head, "type") == [f"{SCHEMA}AboutPage", SCHEMA + type_]
    assert targets(head, "collection") == [f"{up}dataset.html"]
    name = local.rpartition("/")[2]
    files = [f"{name}.ttl", f"{name}.jsonld"]
    assert [one for one in targets(head, "alternate") if "feed" not in one] == files
    assert targets(head, "describedby") == files
    types = {link.href: link.type for link in head.links if link.rel == "describedby"}
    assert types == dict(zip(files, ("text/turtle", "application/ld+json"), strict=True))
    assert not targets(head, "item")


def test_a_reported_graph_has_the_format_that_holds_it() -> None:
    head = head_of("reported/putin")
    assert targets(head, "alternate") == ["putin.ttl", "putin.jsonld", "putin.trig"]


def test_the_licence_is_that_of_the_data_not_of_the_text() -> None:
    assert targets(head_of("document"), "license") == []
    assert targets(head_of("document"), "author") == ["http://www.wikidata.org/entity/Q7747"]
    claim = head_of("claim/trade-2023")
    assert targets(claim, "license") == ["https://creativecommons.org/publicdomain/zero/1.0/"]
    assert targets(claim, "author") == ["https://data.example.org/"]


# What the documents of Google say of structured data: property, whether it is required, and what
# its value must be. https://developers.google.com/search/docs/appearance/structured-data/dataset
DATASET = {
    "name": (True, str),
    "description": (True, str),
    "license": (False, str),
    "creator": (False, list),
    "identifier": (False, str),
    "isAccessibleForFree": (False, bool),
    "keywords": (False, list),
    "url": (False, str),
    "version": (False, str),
    "distribution": (False, list),
}
DISTRIBUTION = {"contentUrl": (True, str), "encodingFormat": (False, str)}
# …/structured-data/article: nothing is required, these are recommended.
ARTICLE = {"headline": (False, str), "datePublished": (False, str), "author": (False, list)}
AUTHOR = {"name": (True, str), "@type": (True, str)}
# schema.org/Claim, without anything that rates it.
CLAIM = {
    "name": (True, str),
    "text": (True, str),
    "author": (True, dict),
    "appearance": (True, dict),
    "firstAppearance": (True, dict),
    "claimInterpreter": (True, list),
}
Table = Mapping[str, tuple[bool, Any]]


def check(found: dict[str, Any], table: Table) -> None:
    """Every property of a table is there, required or recommended, and of its type."""
    for name, (_, type_) in table.items():
        assert isinstance(found.get(name), type_), name


def test_the_data_is_what_data_search_engines_require() -> None:
    (found,) = page("dataset.html").json_ld
    assert (found["@context"], found["@type"]) == ("https://schema.org", "Dataset")
    check(found, DATASET)
    assert 50 <= len(found["description"]) <= 5000
    assert len(found["distribution"]) == 6
    for one in found["distribution"]:
        assert one["@type"] == "DataDownload"
        check(one, DISTRIBUTION)
        assert one["contentUrl"].removeprefix(BASE) in example_files()
    for one in found["creator"]:
        assert one["@type"] in ("Person", "Organization")
        assert one["name"]
    # …/structured-data/dataset: recommended, in ISO 8601.
    assert re.fullmatch(r"\d{4}-\d\d-\d\d/(\d{4}-\d\d-\d\d|\.\.)", found["temporalCoverage"])
    places = {one["name"]: one for one in found["spatialCoverage"]}
    assert places["Kazakhstan"]["sameAs"] == "http://www.wikidata.org/entity/Q232"
    assert {one["@type"] for one in places.values()} == {"Place"}
    measured = {(one["name"], one.get("unitText")) for one in found["variableMeasured"]}
    assert ("trade volume", "USD") in measured


@pytest.mark.parametrize("words", ["", "Short.", "x" * 6000], ids=["none", "short", "long"])
def test_a_description_has_the_length_that_is_required(tmp_path: Path, words: str) -> None:
    more = f"description: {words}" if words else ""
    view = small_view(tmp_path, more=more)
    text = built([view], make_site(view.base))["dataset.html"].decode("utf-8")
    (found,) = _Links(text).json_ld
    assert 50 <= len(found["description"]) <= 5000


def test_the_text_is_an_article_with_its_author_and_publisher() -> None:
    found = head_of("document").json_ld
    assert found is not None
    # The page is the desk's, the article is not.
    assert found["@type"] == "WebPage"
    assert found["publisher"]["name"] == "Example Data Desk"
    assert found["dateModified"] == MODIFIED
    assert found["url"] == f"{BASE}document.html"
    assert found["license"].startswith("https://creativecommons.org/")
    found = found["mainEntity"]
    assert found["@type"] == "NewsArticle"
    check(found, ARTICLE)
    assert found["description"] == "Vladimir Putin, Kazakhstan Truth, 2024-11-27"
    for author in found["author"]:
        check(author, AUTHOR)
    assert found["author"][0]["sameAs"] == ["http://www.wikidata.org/entity/Q7747"]
    assert found["publisher"]["@type"] == "Organization"
    assert found["publisher"]["name"] == "Kazakhstan Truth"
    # It is not ours to license.
    assert "license" not in found


def test_a_claim_is_said_by_its_speaker_and_not_rated() -> None:
    found = head_of("claim/trade-2023").json_ld
    assert found is not None
    assert found["@type"] == "Claim"
    check(found, CLAIM)
    assert found["author"]["name"] == "Vladimir Putin"
    assert found["appearance"]["@id"] == f"{BASE}document"
    assert found["claimInterpreter"][0]["name"] == "Example Data Desk"
    text = str(found)
    assert "Review" not in text
    assert "ating" not in text.replace("stating", "")


def test_every_claim_has_its_json_ld() -> None:
    for claim in example_view().claims:
        head = head_of(claim.iri.removeprefix(BASE))
        assert head.json_ld is not None
        assert head.json_ld["@id"] == claim.iri
        check(head.json_ld, CLAIM)


def test_a_statement_of_several_claims_names_each() -> None:
    found = head_of("claim/oil-route").json_ld
    assert found is not None
    assert [one["@id"] for one in found["@graph"]] == [
        f"{BASE}claim/oil-route/1",
        f"{BASE}claim/oil-route/2",
    ]


def test_a_link_that_runs_something_is_left_out(tmp_path: Path) -> None:
    view = small_view(tmp_path, license_="urn:example:ours")
    text = built([view], make_site(view.base))["dataset.html"].decode("utf-8")
    assert "license" not in {link["rel"] for link in _Links(text).links}
    assert "urn:example:ours" in text


def test_a_term_is_a_defined_term() -> None:
    iri = "https://w3id.org/lod-facts/ns#moreThan"
    page = "vocabulary/lod/moreThan.html"
    head = term_head(iri, page, "vocabulary/lod/moreThan")["head"]
    assert head.json_ld["@type"] == "DefinedTerm"
    assert targets(head, "alternate") == ["moreThan.ttl", "moreThan.jsonld"]
    head = term_head(iri, page, "vocabulary/ontology")["head"]
    assert targets(head, "alternate") == []
    assert targets(head, "describedby") == ["../ontology.ttl", "../ontology.jsonld"]
