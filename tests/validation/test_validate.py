"""Validation of files and datasets."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import FormatError, InputError, VocabularyError
from lod.publication import load
from lod.rdf.dataset import Dataset
from lod.validation.validate import validate_dataset, validate_files
from tests.validation.cases import read_shapes

ENGINES = ("shacl", "pyshacl")
SAMPLE = Path(__file__).parents[1] / "shapes" / "data" / "conforming.ttl"
EXAMPLE = Path(__file__).parents[2] / "examples" / "russia-kazakhstan"
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://x.example/S> sh:targetClass <https://x.example/C> ;
    sh:property [ sh:path <https://x.example/p> ; sh:class <https://x.example/D> ] .
"""
X = "https://x.example/"


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, "utf-8")
    return path


def _write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.write_text(content, "utf-8")
    return path


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sample_conforms_to_the_shipped_shapes(engine: str) -> None:
    report = validate_files([SAMPLE], engine=engine)
    assert report.as_text() == "The data conforms to the shapes.\n"


def test_the_example_conforms_as_a_file(tmp_path: Path) -> None:
    # A file is looked at more closely than what was just built.
    file = tmp_path / "dataset.nq"
    file.write_text(load(EXAMPLE).serialize("n-quads"), "utf-8")
    report = validate_files([file])
    assert report.conforms, report.as_text()


def test_a_broken_sample_does_not(tmp_path: Path) -> None:
    text = SAMPLE.read_text("utf-8")
    assert "lod:modality" in text
    path = _write(tmp_path, "broken.ttl", text.replace("lod:modality", "lod:modalty"))
    report = validate_files([path])
    assert not report.conforms
    assert any("odality" in result.message for result in report.results)


DATA = {
    "a.ttl": f"<{X}a> a <{X}C> ; <{X}p> <{X}b> .",
    "a.nt": f"<{X}a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{X}C> .\n"
    f"<{X}a> <{X}p> <{X}b> .",
    "a.trig": f"<{X}a> a <{X}C> . GRAPH <{X}g> {{ <{X}a> <{X}p> <{X}b> }}",
    "a.jsonld": f'{{"@context": {{"@vocab": "{X}"}}, "@id": "{X}a", "@type": "C", '
    f'"p": {{"@id": "{X}b"}}}}',
    "a.rdf": f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{X}">'
    f'<C rdf:about="{X}a"><p rdf:resource="{X}b"/></C></rdf:RDF>',
}


@pytest.mark.parametrize("name", DATA)
def test_every_format_is_read_and_its_graphs_put_together(
    tmp_path: Path, shapes: Path, name: str
) -> None:
    report = validate_files([_write(tmp_path, name, DATA[name])], [shapes])
    assert [(result.focus_node, result.value) for result in report.results] == [
        (f"<{X}a>", f"<{X}b>")
    ]


def test_several_files_are_one_graph(tmp_path: Path, shapes: Path) -> None:
    first = _write(tmp_path, "a.ttl", DATA["a.ttl"])
    second = _write(tmp_path, "b.ttl", f"<{X}b> a <{X}D> .")
    assert not validate_files([first], [shapes]).conforms
    assert validate_files([first, second], [shapes]).conforms


@pytest.mark.parametrize("engine", ENGINES)
def test_blank_nodes_of_two_files_stay_two(tmp_path: Path, shapes: Path, engine: str) -> None:
    first = _write(tmp_path, "a.ttl", f"_:b a <{X}C> ; <{X}p> _:v .")
    second = _write(tmp_path, "b.ttl", f"_:v a <{X}D> .")
    report = validate_files([first, second], [shapes], engine=engine)
    assert [(result.focus_node, result.value) for result in report.results] == [("_:b", "_:v")]


@pytest.mark.parametrize("engine", ENGINES)
def test_blank_nodes_are_named_as_in_the_file_or_by_their_order(
    tmp_path: Path, shapes: Path, engine: str
) -> None:
    file = _write(tmp_path, "a.ttl", f"[] <{X}p> [] . _:b1 a <{X}C> ; <{X}p> [] . [] a <{X}C> .")
    found = [validate_files([file], [shapes], engine=engine) for _ in range(2)]
    assert found[0] == found[1]
    assert [(one.focus_node, one.value) for one in found[0].results] == [("_:b1", "_:b4")]
    assert found[0].as_dict()["results"][0]["focusNode"] == "_:b1"


def test_shapes_may_be_several_files_of_any_format(tmp_path: Path, shapes: Path) -> None:
    more = _write(
        tmp_path,
        "more.nt",
        f"<{X}T> <http://www.w3.org/ns/shacl#targetClass> <{X}C> .\n"
        f"<{X}T> <http://www.w3.org/ns/shacl#class> <{X}E> .",
    )
    data = _write(tmp_path, "a.ttl", DATA["a.ttl"])
    report = validate_files([data], [shapes, more])
    assert {result.source_shape for result in report.results} == {f"{X}S", f"{X}T"}


@pytest.mark.parametrize("mixed", [False, True])
def test_a_malformed_file_is_told_with_its_place(tmp_path: Path, shapes: Path, mixed: bool) -> None:
    good = _write(tmp_path, "a.ttl", DATA["a.ttl"])
    bad = _write(tmp_path, "bad.ttl", "@prefix x: <http://x/> .\n  x:a x:b y:c .")
    data, rules = ([good], [shapes, bad]) if mixed else ([good, bad], [shapes])
    with pytest.raises(FormatError) as caught:
        validate_files(data, rules)
    assert caught.value.message.startswith(f"{bad}:2:11: ")


@pytest.mark.parametrize("missing", ["data", "shapes"])
def test_a_missing_file_is_told(tmp_path: Path, shapes: Path, missing: str) -> None:
    nowhere = tmp_path / "nowhere.ttl"
    data = _write(tmp_path, "a.ttl", DATA["a.ttl"])
    with pytest.raises(InputError, match=r"nowhere\.ttl cannot be read"):
        validate_files(
            [nowhere if missing == "data" else data],
            [nowhere if missing == "shapes" else shapes],
        )


def test_a_doctype_is_refused(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.rdf", "<!DOCTYPE x>" + DATA["a.rdf"])
    with pytest.raises(FormatError, match=r"a\.rdf:1:1: XML with a DOCTYPE"):
        validate_files([path])


def test_triples_as_terms_are_refused(tmp_path: Path, shapes: Path) -> None:
    path = _write(tmp_path, "a.ttl", f"<{X}a> <{X}p> <<( <{X}a> <{X}p> 1 )>> .")
    with pytest.raises(FormatError, match="is a triple"):
        validate_files([path], [shapes])


def test_data_given_as_shapes_is_told(tmp_path: Path, shapes: Path) -> None:
    data = _write(tmp_path, "a.ttl", DATA["a.ttl"])
    with pytest.raises(VocabularyError, match="no target") as caught:
        validate_files([shapes], [data])
    assert "mixed up" in (caught.value.hint or "")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_dataset_is_validated_with_its_graphs_and_its_context(engine: str) -> None:
    shapes = read_shapes(SHAPES)
    a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    default = f"<{X}a> {a} <{X}C> .\n"
    dataset = Dataset(X, default, {f"{X}g": f"<{X}a> <{X}p> <{X}b> .\n"})
    report = validate_dataset(dataset, shapes=shapes, engine=engine)
    assert [result.value for result in report.results] == [f"<{X}b>"]
    assert "<a> <https://x.example/p>" in report.as_text()
    assert validate_dataset(
        dataset, f"<{X}b> {a} <{X}D> .\n", shapes=shapes, engine=engine
    ).conforms
