"""RDF files as sources: every format, errors with their place, and the safety rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from lod.errors import FormatError, InputError
from lod.query.store import open_store, run_query
from lod.rdf.files import parse_quads, read_rdf_file

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x.example/"'
XML = f'<rdf:RDF {RDF}>\n <rdf:Description rdf:about="http://x.example/a">\n  '
VOCAB = '"@context": {"@vocab": "http://x.example/"}'
END = "\n </rdf:Description>\n</rdf:RDF>"

WELL = {
    "a.ttl": "@prefix x: <http://x.example/> . x:a x:p 1 .",
    "a.nt": "<http://x.example/a> <http://x.example/p> <http://x.example/o> .",
    "a.nq": "<http://x.example/a> <http://x.example/p> <http://x.example/o> <http://x.example/g>.",
    "a.trig": "GRAPH <http://x.example/g> { <http://x.example/a> <http://x.example/p> 1 }",
    "a.jsonld": f'{{{VOCAB}, "@id": "http://x.example/a", "p": 1}}',
    "a.rdf": f"{XML}<x:p>1</x:p>{END}",
    "bom.ttl": "\ufeff<http://x.example/a> <http://x.example/p> 1 .",
    "ours.jsonld": '{"@context": "https://w3id.org/lod-facts/context.jsonld",'
    ' "id": "http://x.example/a", "http://x.example/p": 1}',
    "nested.jsonld": f'{{{VOCAB}, "@id": "http://x.example/a", "p": "{"[{" * 300}"}}',
}

# file, content, line, column, words
MALFORMED = [
    ("a.ttl", '@prefix x: <http://x.example/> .\nx:a x:b "é" ; é .', 2, 15, "not a valid"),
    ("b.ttl", "@prefix x: <http://x.example/> .\n\nx:a y:b 1 .", 3, 5, "prefix y:"),
    ("a.nt", "<http://x.example/a> <http://x.example/b> .", 1, 43, "object"),
    ("b.nt", "<a> <http://x.example/b> 1 .", 1, 1, "scheme"),
    ("a.nq", "\n<http://x.example/a> <http://x.example/b c> 1 .", 2, 22, "IRI"),
    ("a.trig", "GRAPH <http://x.example/g> {\n ?", 2, 2, "not allowed to be empty"),
    ("a.jsonld", '{"a":\n x}', 2, 2, "Unexpected char"),
    ("b.jsonld", '{"@context": {"@vocab": "http://x.example/"},\n "@id": "http://x.example/a",\n '
     '"name": {"@value": 3, "@id": "x"}}', 3, 35, "incompatible"),
    ("empty.jsonld", "", 1, 1, "end of file"),
    ("a.rdf", f"{XML}<x:p>{END}", 4, 19, "Ill-formed"),
    ("b.rdf", f"{XML}<y:p/>{END}", 3, 8, "prefix y:"),
    ("c.rdf", f"{XML}é<x:p/>{END}", 3, 4, "text"),
]  # fmt: skip


def _write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", WELL)
def test_every_format_is_queried(tmp_path: Path, name: str) -> None:
    with open_store([_write(tmp_path, name, WELL[name])]) as store:
        query = "SELECT ?s { ?s <http://x.example/p> ?o }"
        assert [str(row[0]) for row in run_query(store, query)] == ["http://x.example/a"]


def test_files_are_put_together_but_not_their_blank_nodes(tmp_path: Path) -> None:
    paths = [_write(tmp_path, f"{n}.ttl", f"_:b <http://x.example/p> {n} .") for n in (1, 2)]
    with open_store(paths) as store:
        result = run_query(store, "SELECT ?b ?n { ?b <http://x.example/p> ?n } ORDER BY ?n")
    assert [list(map(str, row)) for row in result] == [["b1", "1"], ["b2", "2"]]


@pytest.mark.parametrize(("name", "content", "line", "column", "words"), MALFORMED)
def test_a_malformed_file_is_told_with_its_place(
    tmp_path: Path, name: str, content: str, line: int, column: int, words: str
) -> None:
    path = _write(tmp_path, name, content)
    with pytest.raises(FormatError, match=words) as caught:
        list(parse_quads(read_rdf_file(path)))
    assert caught.value.message.startswith(f"{path}:{line}:{column}: ")
    with open_store([path]) as store, pytest.raises(FormatError) as through_query:
        run_query(store, "ASK {}")
    assert through_query.value.message == caught.value.message


def test_bytes_that_are_not_utf_8_are_told(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.ttl", b'<http://x.example/a> <http://x.example/b> "\xff" .')
    with pytest.raises(FormatError, match=r":1:44: .*UTF-8"):
        list(parse_quads(read_rdf_file(path)))


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE rdf:RDF>" + XML + "<x:p/>" + END,
        '<?xml version="1.0"?>\n<!-- x -->\n<!doctype rdf:RDF [<!ENTITY e "x">]>' + XML + END,
        '<!DOCTYPE rdf:RDF SYSTEM "http://127.0.0.1:1/x.dtd">' + XML + END,
        "<!--><!DOCTYPE rdf:RDF>-->" + XML + END,
    ],
)
def test_any_doctype_is_refused(tmp_path: Path, document: str) -> None:
    path = _write(tmp_path, "a.rdf", document)
    with pytest.raises(FormatError, match=r"a\.rdf:\d:\d+: XML with a DOCTYPE"):
        read_rdf_file(path)


def test_a_doctype_in_other_formats_is_text(tmp_path: Path) -> None:
    path = _write(tmp_path, "a.ttl", "<http://x.example/a> <http://x.example/p> '<!DOCTYPE>' .")
    assert len(list(parse_quads(read_rdf_file(path)))) == 1


@pytest.mark.parametrize(
    "context",
    [
        '"https://schema.org/"',
        '["https://schema.org/", {"a": "http://x.example/a"}]',
        '{"@import": "https://schema.org/"}',
        '{"n": {"@id": "http://x.example/n", "@context": "https://schema.org/"}}',
    ],
)
def test_a_context_elsewhere_is_not_fetched(tmp_path: Path, context: str) -> None:
    document = f'{{"@context": {context}, "@id": "http://x.example/a", "n": {{"name": "x"}}}}'
    path = _write(tmp_path, "a.jsonld", document)
    with pytest.raises(FormatError, match="never fetched") as caught:
        list(parse_quads(read_rdf_file(path)))
    assert "Put the context into the document" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.jsonld", '{"a":' * 101 + "1" + "}" * 101, r":1:501: Brackets nest deeper than 100"),
        ("a.nt", "<<( <http://x.example/a> <http://x.example/p> " * 101, "Triples in triples"),
    ],
)
def test_deep_nesting_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    with pytest.raises(FormatError, match=words):
        read_rdf_file(_write(tmp_path, name, content))


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.ttl cannot be read"):
        open_store([tmp_path / "nowhere.ttl"])


def test_an_unknown_extension_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="extension"):
        open_store([_write(tmp_path, "a.docx", "x")])
