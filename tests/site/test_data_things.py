"""A file for every thing: together they are the data, and each says the same in every format.

Without full data those of the dataset are all that there is.
"""

from __future__ import annotations

import pytest
from pyoxigraph import DefaultGraph, RdfFormat, parse

from tests.site.data.sites import example_files, example_view, usual_files

FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
}
Triples = set[tuple[str, str, str]]


def quads(content: bytes, ending: str) -> set[tuple[str, ...]]:
    found = parse(content, format=FORMATS[ending])
    return {(str(q.subject), str(q.predicate), str(q.object), str(q.graph_name)) for q in found}


def default(content: bytes, ending: str) -> Triples:
    return {(s, p, o) for s, p, o, g in quads(content, ending) if g == str(DefaultGraph())}


def things() -> list[str]:
    """The paths of the things, without ending."""
    paths = [path.removesuffix(".ttl") for path in example_files() if path.endswith(".ttl")]
    return [path for path in paths if path not in ("dataset", "void", "dcat")]


def test_every_iri_of_the_publication_has_files() -> None:
    view = example_view()
    files = example_files()
    for token in view.nodes:
        path = view.paths.path(token[1:-1])
        if path is not None:
            stem = path.partition("#")[0]
            assert f"{stem}.ttl" in files, token
            assert f"{stem}.jsonld" in files, token


def test_the_files_of_the_things_are_the_default_graph() -> None:
    files = example_files()
    whole = default(files["dataset.nt"], ".nt")
    union: Triples = set()
    for path in things():
        union |= default(files[f"{path}.ttl"], ".ttl")
    base = example_view().base
    about_dataset = {f"<{base}{one}>" for one in ("dataset", "publisher")}
    about_dataset |= {s for s, _, _ in whole if s.startswith(f"<{base}speakers/")}
    assert union <= whole
    # What is said of the dataset itself is in the download, which is its file.
    assert {s for s, _, _ in whole - union} == about_dataset


def test_turtle_and_json_ld_say_the_same() -> None:
    files = example_files()
    for path in things():
        turtle = default(files[f"{path}.ttl"], ".ttl")
        assert turtle
        assert default(files[f"{path}.jsonld"], ".jsonld") == turtle, path


def test_the_named_graphs_are_those_of_the_dataset() -> None:
    files = example_files()
    whole = {q for q in quads(files["dataset.nq"], ".nq") if q[3] != str(DefaultGraph())}
    for ending in (".jsonld", ".trig"):
        found = set()
        for path in things():
            if path.startswith("reported/"):
                found |= {
                    q for q in quads(files[path + ending], ending) if q[3] != str(DefaultGraph())
                }
        assert found == whole


def test_a_claim_has_its_parts_and_the_labels_of_what_it_names() -> None:
    found = default(example_files()["claim/trade-2023.ttl"], ".ttl")
    base = example_view().base
    claim = f"<{base}claim/trade-2023"
    subjects = {s for s, _, _ in found}
    for part in ("", "/value", "/period", "/anchor/1", "/anchor/1/quote", "/anchor/1/position"):
        assert f"{claim}{part}>" in subjects
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    assert (f"<{base}entity/putin>", label, '"Vladimir Putin"@en') in found


def test_an_entity_has_the_claims_about_it_as_links() -> None:
    found = default(example_files()["entity/trade.ttl"], ".ttl")
    base = example_view().base
    subject = "<https://w3id.org/lod-facts/ns#subject>"
    claim = f"<{base}claim/trade-2023>"
    assert (claim, subject, f"<{base}entity/trade>") in found
    # Their label is there, and the rest of them is not.
    predicates = {p for s, p, _ in found if s == claim}
    assert predicates == {subject, "<http://www.w3.org/2000/01/rdf-schema#label>"}


def test_a_statement_of_several_claims_has_them_all() -> None:
    files = example_files()
    whole = default(files["claim/oil-route.ttl"], ".ttl")
    for number in (1, 2):
        node = f"<{example_view().base}claim/oil-route/{number}>"
        alone = default(files[f"claim/oil-route/{number}.ttl"], ".ttl")
        assert {t for t in alone if t[0] == node} <= whole


@pytest.mark.parametrize("ending", FORMATS)
def test_the_downloads_hold_the_whole(ending: str) -> None:
    files = example_files()
    assert default(files[f"dataset{ending}"], ending) == default(files["dataset.nt"], ".nt")


def test_without_full_data_the_dataset_has_it_all() -> None:
    usual, full = usual_files(), example_files()
    things = ("document", "text/", "build", "entity/", "claim/", "reported/")
    assert not [path for path in usual if path.startswith(things)]
    assert [path for path in usual if path.startswith("dataset.")] == [
        f"dataset.{one}" for one in ("ttl", "jsonld", "trig", "html")
    ]
    for ending in (".ttl", ".jsonld", ".trig"):
        assert usual[f"dataset{ending}"] == full[f"dataset{ending}"]
    beside = b"put .ttl or .jsonld in the place of .html"
    assert beside in full["dataset.html"]
    assert beside not in usual["dataset.html"]


def test_the_same_input_gives_the_same_bytes() -> None:
    from lod.pages.view import PublicationView
    from lod.publication import load
    from tests.site.data.sites import EXAMPLE, built, make_site

    view = PublicationView(load(EXAMPLE))
    assert built([view], make_site(view.base)) == dict(example_files())
