"""What the pages of claims, entities, terms and origins say."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import jsonschema
import pytest

from lod.pages.prose import in_context
from lod.pages.view import ClaimView, PublicationView
from lod.publication import load
from lod.resources import read
from lod.site.build import build_site
from lod.site.pages.terms import term_data
from lod.site.site import SiteOptions
from lod.vocabulary.whole import ontology, shapes_with_vocabulary
from tests.corpus.conftest import publication, write_folder
from tests.site.conftest import EXAMPLE


@pytest.fixture(scope="module")
def view() -> PublicationView:
    return PublicationView(load(EXAMPLE))


def text_of(page: str) -> str:
    """The words of a page, white space folded."""
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", page.partition("<main")[2], flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", body)).split())


def page_of(site: Path, claim: ClaimView) -> str:
    return (site / f"claim/{claim.id}.html").read_text("utf-8")


def test_every_claim_page_has_its_sentence_speakers_and_modality(
    example_site: Path, view: PublicationView
) -> None:
    for claim in view.claims:
        page = page_of(example_site, claim)
        words = text_of(page)
        assert " ".join(claim.sentence.split()) in words, claim.id
        assert f'class="tag modality-{claim.statement.modality}"' in page
        assert ('class="tag negative"' in page) == (claim.statement.polarity == "negative")
        for slug in claim.statement.speakers:
            assert view.names.speaker(slug).label in words
        assert "does not assert it" in words
        assert claim.iri in words


def test_every_claim_page_marks_its_quotes_in_their_context(
    example_site: Path, view: PublicationView
) -> None:
    for claim in view.claims:
        page = page_of(example_site, claim)
        marked = [
            html.unescape(one) for one in re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.DOTALL)
        ]
        anchors = claim.statement.anchors
        assert marked == [one.exact for anchor in anchors for one in anchor.selectors]
        for anchor in anchors:
            quoted = "".join(words for _, words in in_context(view.text, anchor))
            assert quoted in view.text.raw, "the context is the text, without a gap"
            sentence = view.text.sentences[anchor.sentence - 1]
            assert view.text.raw[sentence.start : sentence.end] in quoted
            before = view.text.sentences[max(0, anchor.sentence - 2)]
            assert view.text.raw[before.start : before.end] in quoted


def test_a_claim_has_a_triple_or_says_why_not(example_site: Path, view: PublicationView) -> None:
    seen = set()
    for claim in view.claims:
        page = page_of(example_site, claim)
        seen.add(claim.holds)
        assert ('class="triple"' in page) == claim.holds, claim.id
        assert ("There is no direct triple" in page) != claim.holds, claim.id
        if claim.holds:
            chain = "/".join(claim.statement.speakers)
            assert f"reported/{chain}.html" in page
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("id_", "reason"),
    [
        ("forum-address/1", "it is meant as planned"),
        ("oil-route/1", "it holds of a part of the subject only"),
    ],
)
def test_reasons_are_told(id_: str, reason: str, example_site: Path) -> None:
    assert reason in text_of((example_site / f"claim/{id_}.html").read_text("utf-8"))


def test_quantity_and_period_keep_hedge_bound_and_words(example_site: Path) -> None:
    words = text_of((example_site / "claim/trade-2023.html").read_text("utf-8"))
    for told in (
        "more than 28 billion USD",
        "“exceeding the threshold of $28 billion”".strip("“”"),
        "more than (the bound itself not included): 28,000,000,000 USD",
        "in the words of the text: Last year",
        "EDTF 2023",
        "from 2023-01-01 to 2023-12-31",
        "worked out from 2024-11-27",
    ):
        assert told in words
    assert "at most" not in words, "no upper bound is invented"


def test_elided_quotes_show_what_they_leave_out(example_site: Path, view: PublicationView) -> None:
    elided = [
        claim for claim in view.claims if any(len(a.selectors) > 1 for a in claim.statement.anchors)
    ]
    assert elided
    for claim in elided:
        assert 'class="left-out"' in page_of(example_site, claim)


def test_siblings_lead_to_each_other(example_site: Path, view: PublicationView) -> None:
    several = [one.claims for one in view.statements.values() if len(one.claims) > 1]
    assert several
    for claims in several:
        id_ = claims[0].statement.id
        shared = (example_site / f"claim/{id_}.html").read_text("utf-8")
        for claim in claims:
            assert f'href="{id_}/{claim.number}.html"' in shared
            page = page_of(example_site, claim)
            others = {other.number for other in claims} - {claim.number}
            assert all(f'href="{number}.html"' in page for number in others)


def test_citation_names_speaker_quote_source_and_iri(example_site: Path) -> None:
    page = (example_site / "claim/trade-2023.html").read_text("utf-8")
    cited = text_of("<main>" + page.partition('id="cite"')[2].partition("</section>")[0])
    for part in (
        "Vladimir Putin",
        "Last year, it set a new record",
        "Kazakhstan",
        "2024-11-27",
        "Example Data Desk",
        "https://data.example.org/russia-kazakhstan/claim/trade-2023",
    ):
        assert part in cited


def test_turtle_of_a_claim_is_valid_and_of_it(example_site: Path, view: PublicationView) -> None:
    from pyoxigraph import RdfFormat, parse

    own = view.publication.dataset().default
    for claim in view.claims[:20]:
        code = html.unescape(page_of(example_site, claim).partition('<pre tabindex="0"><code>')[2])
        triples = list(parse(code.partition("</code>")[0].encode(), format=RdfFormat.TURTLE))
        assert triples
        assert any(triple.subject.value == claim.iri for triple in triples)
        assert all(str(triple.subject) in own for triple in triples)


def test_entity_page(example_site: Path, view: PublicationView) -> None:
    page = (example_site / "entity/kazakhstan.html").read_text("utf-8")
    words = text_of(page)
    assert '<bdi lang="kk" dir="ltr">Қазақстан</bdi>' in page
    assert "Republic of Kazakhstan" in words
    assert view.lock is not None
    item = view.lock.items["Q232"]
    assert item.date in words
    assert item.descriptions["en"] in words
    for claim in view.mentions["kazakhstan"]:
        assert f'href="../claim/{claim.id}.html"' in page
    assert f"What is said of Kazakhstan {len(view.mentions['kazakhstan'])}" in words
    both = view.facts.entities["both-countries"]
    assert "kazakhstan" in both.members
    assert 'href="both-countries.html"' in page, "it is a member of"


def test_speaker_page_has_all_that_it_says(example_site: Path, view: PublicationView) -> None:
    words = text_of((example_site / "entity/putin.html").read_text("utf-8"))
    assert f"What Vladimir Putin says {len(view.said_by['putin'])}" in words


def test_entities_without_item_say_why(example_site: Path, view: PublicationView) -> None:
    unlinked = [
        entity
        for entity in view.facts.entities.values()
        if entity.link is not None and entity.link.reason is not None
    ]
    assert unlinked
    for entity in unlinked:
        words = text_of((example_site / f"entity/{entity.slug}.html").read_text("utf-8"))
        assert f"No item: {entity.link.reason if entity.link else ''}" in words


def test_lists_have_everything(example_site: Path, view: PublicationView) -> None:
    claims = (example_site / "claims.html").read_text("utf-8")
    assert all(f'href="claim/{claim.id}.html"' in claims for claim in view.claims)
    entities = (example_site / "entities.html").read_text("utf-8")
    assert all(f'href="entity/{slug}.html"' in entities for slug in view.facts.entities)


def test_term_pages_say_how_strong_a_mapping_is(example_site: Path, view: PublicationView) -> None:
    for iri, term in view.vocabulary.terms.items():
        path = view.names.term_path(iri)
        assert path is not None
        words = text_of((example_site / f"{path}.html").read_text("utf-8"))
        assert " ".join(term.definition.split()) in words
        for other, strength in term.mappings:
            told = {"equivalent": "The same elsewhere", "sub": "Narrower than", "close": "Near to"}
            if other != iri:
                assert told[strength] in words
    member = (example_site / "vocabulary/rel/memberOf.html").read_text("utf-8")
    assert "http://www.wikidata.org/prop/direct/P463" in member
    using = [c for c in view.claims if c.statement.property.endswith("#memberOf")]
    assert all(f'claim/{claim.id}.html"' in member for claim in using)


def test_term_pages_say_what_versions_changed(example_site: Path) -> None:
    page = text_of((example_site / "vocabulary/rel/Document.html").read_text("utf-8"))
    assert "History0.1.0: new.0.2.0: below schema:CreativeWork, no longer the same" in page
    assert '"0.1.0: new."@en' in page


def test_the_vocabulary_is_served_whole(example_site: Path) -> None:
    from pyoxigraph import RdfFormat, parse

    folder = example_site / "vocabulary"
    assert (folder / "ontology.ttl").read_text("utf-8").startswith(ontology())
    assert (folder / "shapes.ttl").read_text("utf-8") == shapes_with_vocabulary()
    assert (folder / "context.jsonld").read_bytes() == read("vocab", "context.jsonld")
    turtle, json_ld = (
        set(map(str, parse((folder / f"ontology{end}").read_bytes(), format=form)))
        for end, form in ((".ttl", RdfFormat.TURTLE), (".jsonld", RdfFormat.JSON_LD))
    )
    assert turtle == json_ld
    index = (folder / "index.html").read_text("utf-8")
    for name in ("ontology.ttl", "ontology.jsonld", "shapes.ttl", "context.jsonld"):
        assert f'href="{name}"' in index


def test_every_term_has_its_data(example_site: Path, view: PublicationView) -> None:
    from pyoxigraph import RdfFormat, parse

    file = example_site / "vocabulary" / "ontology.ttl"
    whole = set(map(str, parse(file.read_bytes(), format=RdfFormat.TURTLE)))
    for term in view.vocabulary.terms.values():
        turtle, json_ld = term_data(term, {})
        said = [
            {str(one) for one in parse(data, format=form) if str(one.subject) == f"<{term.iri}>"}
            for data, form in ((turtle, RdfFormat.TURTLE), (json_ld(), RdfFormat.JSON_LD))
        ]
        assert said[0] == said[1] <= whole
        assert any("#isDefinedBy> " in one for one in said[0]), term.iri


@pytest.mark.parametrize("full_data", [True, False])
def test_term_pages_lead_to_the_data_of_terms(tmp_path: Path, full_data: bool) -> None:
    build_site(
        Path(__file__).parent / "one-claim", tmp_path / "out", SiteOptions(full_data=full_data)
    )
    folder = tmp_path / "out" / "vocabulary" / "rel"
    place = "memberOf" if full_data else "../ontology"
    page = (folder / "memberOf.html").read_text("utf-8")
    for ending in (".ttl", ".jsonld"):
        assert (folder / f"memberOf{ending}").exists() == full_data
        assert page.count(f'href="{place}{ending}"') == (3 if full_data else 2)
        assert (folder / f"{place}{ending}").is_file()


def test_the_vocabulary_has_its_files_for_programs(example_site: Path) -> None:
    folder = example_site / "vocabulary"
    assert (folder / "context.jsonld").read_bytes() == read("vocab", "context.jsonld")
    schema = json.loads((folder / "dataset.schema.json").read_bytes())
    jsonschema.validate(json.loads((example_site / "dataset.jsonld").read_bytes()), schema)
    page = (folder / "index.html").read_text("utf-8")
    assert 'href="context.jsonld"' in page
    assert 'href="dataset.schema.json"' in page


def test_reported_page_has_the_triples_of_its_graph(
    example_site: Path, view: PublicationView
) -> None:
    for iri, triples in view.dataset.graphs.items():
        page = (example_site / f"{view.paths.path(iri)}.html").read_text("utf-8")
        table = page.partition("<tbody>")[2].partition("</tbody>")[0]
        assert table.count("<tr>") == triples.count("\n")


def test_text_page_is_the_text_to_the_byte(example_site: Path, view: PublicationView) -> None:
    page = (example_site / f"{view.paths.path(view.text_iri())}.html").read_text("utf-8")
    article = page.partition('<article class="whole-text"')[2].partition(">")[2]
    article = article.partition("</article>")[0]
    assert html.unescape(re.sub(r"<[^>]*>", "", article)) == view.text.raw


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a publication with terms of its own, a denial, a correction, a claim on one."""
    data = publication(1)
    data["publication"]["prefixes"] = {"ex": "https://data.example.org/terms#"}
    data["publication"]["vocabulary"] = "terms.ttl"
    first = data["claims"][0]
    data["claims"] += [
        {**first, "id": "denial", "polarity": "negative", "denies": "member"},
        {**first, "id": "newer", "replaces": "member", "modality": "planned"},
    ]
    folder = write_folder(tmp_path_factory.mktemp("rich") / "in", data)
    (folder / "terms.ttl").write_text(
        "@prefix ex: <https://data.example.org/terms#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        'ex:likes a rdf:Property ; rdfs:label "likes"@en ; skos:definition "Is fond of."@en .\n',
        "utf-8",
    )
    out = folder.parent / "out"
    report = build_site(folder, out, SiteOptions())
    assert report.publications == 1, report.findings
    return out


def test_relations_between_claims_are_told_from_both_sides(rich: Path) -> None:
    member = text_of((rich / "claim/member.html").read_text("utf-8"))
    assert "Denied by" in member
    assert "Replaced by" in member
    denial = text_of((rich / "claim/denial.html").read_text("utf-8"))
    assert "Denies" in denial
    assert "it is denied" in denial


def test_own_terms_have_pages(rich: Path) -> None:
    page = (rich / "vocabulary/ex/likes.html").read_text("utf-8")
    assert "Is fond of." in page
    assert (rich / "vocabulary/ex/likes.ttl").read_text("utf-8").count("Is fond of.") == 1
    assert 'href="ex/likes.html"' in (rich / "vocabulary/index.html").read_text("utf-8")
