"""Loads a publication: from a folder, or from data that a program hands over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from lod.diagnostics import Finding, Findings, Location, Path, Severity
from lod.errors import InputError, VocabularyError
from lod.facts.check_terms import check_terms
from lod.facts.consistency import Consistency
from lod.facts.context import Context
from lod.facts.coverage import Coverage, measure_coverage
from lod.facts.json_source import read_json
from lod.facts.links.lock import Lock, lock_file, read_lock
from lod.facts.naming import used_entities
from lod.facts.read_claims import claim_ids, read_claims, read_no_facts
from lod.facts.read_entities import read_entities
from lod.facts.read_publication import DocumentHead, read_document, read_publication
from lod.facts.reader import Reader, quoted
from lod.facts.schema import TOP
from lod.facts.source import MAX_BYTES, Node, Source, SourceProblem, decode
from lod.facts.text import SourceText
from lod.facts.yaml_source import read_yaml
from lod.model.claim import Statement
from lod.model.facts import Document, Facts, Publication
from lod.namespaces import PREFIXES
from lod.vocabulary.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: The names under which a folder's facts are looked for, in this order.
FACTS_FILES = ("facts.yaml", "facts.yml", "facts.json")


@dataclass(slots=True)
class Loaded:
    """A publication as far as it could be read.

    Attributes:
        file: the facts file as the user gave it.
        facts: the model, or None where there are errors.
        findings: everything that is wrong or doubtful, in the order of the file.
        text: the text of the document, or None where it could not be read.
        coverage: which sentences carry facts, or None without a text.
        vocabulary: the terms that the publication may use.
        locate: gives the place of a path in the facts file.
        lock: what `wikidata.lock` says of the linked items; None without one, or a broken one.
    """

    file: str
    facts: Facts | None
    findings: list[Finding]
    text: SourceText | None
    coverage: Coverage | None
    vocabulary: Vocabulary
    locate: Callable[[Path], Location | None]
    lock: Lock | None = None

    @property
    def has_errors(self) -> bool:
        """Whether a finding stops the build."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def facts_file(path: FilePath) -> FilePath:
    """The facts file of a folder, or the file itself.

    Raises:
        InputError: there is none.
    """
    if path.is_dir():
        for name in FACTS_FILES:
            if (path / name).is_file():
                return path / name
        raise InputError(
            f"{path}: no facts.yaml in this folder", hint="lod init TEXT writes one to start from"
        )
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    return path


def load_folder(path: FilePath, *, check_lock: bool = True) -> Loaded:
    """Load the publication in a folder.

    Args:
        path: the folder, or its facts file (YAML, or JSON by its name).
        check_lock: whether the links are checked against `wikidata.lock` where it is there.

    Returns:
        What could be read, with all findings.

    Raises:
        InputError: there is no such file, or it cannot be opened.
    """
    file = facts_file(path)
    data = _read(file)
    read = read_json if file.suffix == ".json" else read_yaml
    try:
        source: Source = read(data, str(file))
    except SourceProblem as problem:
        return _unreadable(str(file), problem)
    return load_source(source, file.parent, lock_file(file) if check_lock else None)


def load_json(data: bytes, file: str, folder: FilePath, *, first_line: int = 1) -> Loaded:
    """Load a publication from JSON text, such as one line of a JSON Lines file.

    Args:
        data: the bytes.
        file: the file's name, for the findings.
        folder: where the files are that it names.
        first_line: number of the first line of `data` in the file, from 1.
    """
    try:
        source = read_json(data, file, first_line=first_line)
    except SourceProblem as problem:
        return _unreadable(file, problem)
    return load_source(source, folder)


def load_source(source: Source, folder: FilePath, lock: FilePath | None = None) -> Loaded:
    """Load a publication from data that was read.

    Args:
        source: the data, and where each value stands.
        folder: where the text file and the vocabulary are.
        lock: the file that pins its links, which need not be there; None where it has none, and
            then its links are not checked.
    """
    findings = Findings(source.locate)
    for problem in source.problems:
        _add_problem(findings, problem)
    reader = Reader(source, findings)
    top = reader.mapping(source.root, (), TOP, "the facts file") or {}
    head = DocumentHead()
    if "document" in top:
        head = read_document(reader, top["document"]) or head
    publication = None
    if "publication" in top:
        publication = read_publication(reader, top["publication"], head.language)
    text = _text(reader, head, folder)
    context = Context(
        reader=reader,
        vocabulary=_vocabulary(reader, top.get("publication"), folder),
        prefixes={**PREFIXES, **publication.prefixes} if publication else PREFIXES,
        text=text,
        language=head.language,
        reference=head.published,
        claim_ids=claim_ids(top.get("claims")),
    )
    return _resolve(context, top, head, publication, lock)


def _resolve(
    context: Context,
    top: dict[str, Node],
    head: DocumentHead,
    publication: Publication | None,
    lock_path: FilePath | None,
) -> Loaded:
    """Read the parts that refer to each other, then check the whole."""
    if "entities" in top:
        read_entities(context, top["entities"])
    lock = None if lock_path is None else _checked_lock(context, lock_path)
    document = _document(context, head)
    statements, covered = read_claims(context, top["claims"]) if "claims" in top else ([], [])
    no_facts = read_no_facts(context, top["no_fact"]) if "no_fact" in top else []
    consistency = Consistency(context)
    for statement in statements:
        check_terms(context, statement)
        consistency.check(statement)
    findings = context.reader.findings
    if not context.lost_claims:
        _check_used(context, statements, document)
    coverage = None
    if context.text is not None:
        passages = [(no_fact.reason, no_fact.anchor) for no_fact in no_facts]
        coverage = measure_coverage(context.text, covered, passages)
        # Where a quote was not found, its sentence only seems uncovered.
        if not context.lost_quotes:
            findings.extend(_coverage_findings(context, head, coverage))
    facts = None
    if publication is not None and context.text is not None and not findings.has_errors:
        facts = Facts(publication, document, context.entities, statements, no_facts)
    return Loaded(
        context.reader.source.file,
        facts,
        findings.sorted(),
        context.text,
        coverage,
        context.vocabulary,
        context.reader.source.locate,
        lock,
    )


def _checked_lock(context: Context, file: FilePath) -> Lock | None:
    """The lock, the links checked against it; None where there is none, or it is broken."""
    if not file.is_file():
        return None
    from lod.facts.links.check import check_links

    try:
        lock = read_lock(_read(file), str(file))
    except SourceProblem as problem:
        context.reader.findings.add(
            "bad-lock", problem.message, location=problem.location, hint=problem.hint
        )
        return None
    check_links(context, lock)
    return lock


def _read(file: FilePath) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(f"{file}: {error.strerror or error}") from None


def _unreadable(file: str, problem: SourceProblem) -> Loaded:
    findings = Findings()
    _add_problem(findings, problem)
    return Loaded(
        file, None, findings.sorted(), None, None, load_vocabulary(), lambda _: problem.location
    )


def _add_problem(findings: Findings, problem: SourceProblem) -> None:
    findings.add(problem.code, problem.message, location=problem.location, hint=problem.hint)


def _text_file(facts: str, name: str | None) -> FilePath:
    return FilePath(facts).parent / name if name else FilePath(facts)


def _text(reader: Reader, head: DocumentHead, folder: FilePath) -> SourceText | None:
    """The text of the document, or None with a finding."""
    if head.content is not None:
        return SourceText(head.content, head.language)
    if head.file is None:
        return None
    at = ("document", "text")
    file = _inside(reader, folder, head.file, at)
    if file is None:
        return None
    name = str(_text_file(reader.source.file, head.file))
    try:
        raw, problems = decode(_read(file), name)
    except InputError as error:
        reader.add("missing-file", f"the text cannot be read: {error.message}", at)
        return None
    except SourceProblem as problem:
        _add_problem(reader.findings, problem)
        return None
    for warning in problems:
        _add_problem(reader.findings, warning)
    return SourceText(raw, head.language)


def _inside(reader: Reader, folder: FilePath, name: str, at: Path) -> FilePath | None:
    """A file of the publication's folder; names that lead out of it are a finding."""
    file = folder / name
    if not file.resolve().is_relative_to(folder.resolve()) or "\0" in name:
        reader.add(
            "missing-file",
            f"{quoted(name)} lies outside the publication's folder",
            at,
            "copy the file into the folder",
        )
        return None
    return file


def _vocabulary(reader: Reader, node: Node, folder: FilePath) -> Vocabulary:
    """The shipped vocabulary, with the publication's own terms where it names a file."""
    if type(node) is not dict or "vocabulary" not in node:
        return load_vocabulary()
    at = ("publication", "vocabulary")
    name = reader.text(node["vocabulary"], at, "the name of a Turtle file")
    file = None if name is None else _inside(reader, folder, name, at)
    if file is None:
        return load_vocabulary()
    try:
        return load_vocabulary(decode(_read(file), str(file))[0])
    except InputError as error:
        reader.add("missing-file", f"the vocabulary cannot be read: {error.message}", at)
    except SourceProblem as problem:
        _add_problem(reader.findings, problem)
    except VocabularyError as error:
        reader.add("bad-vocabulary", f"{file}: {error.message}", at, error.hint)
    return load_vocabulary()


def _document(context: Context, head: DocumentHead) -> Document:
    """The document with its entities resolved; the default speaker is its one author."""
    authors = tuple(
        slug for word, at in head.authors if (slug := context.entity(word, at)) is not None
    )
    if len(authors) == 1:
        context.author = authors[0]
    published_in = None
    if head.published_in is not None:
        published_in = context.entity(head.published_in, ("document", "publishedIn"))
    if head.means is not None:
        context.means = context.read_means(head.means, ("document", "means"))
    type_ = context.vocabulary.find_class(head.type, context.prefixes)
    if type_ is None:
        context.reader.add("unknown-type", f"{quoted(head.type)} is no class", ("document", "type"))
    text = context.text
    return Document(
        text=text.raw if text else "",
        sha256=text.sha256 if text else "",
        language=head.language,
        type=type_.iri if type_ else "",
        titles=head.titles,
        author=authors,
        published_in=published_in,
        published=head.published,
        iri=head.iri,
        source=head.source,
        date_source=head.date_source,
    )


def _check_used(context: Context, statements: Sequence[Statement], document: Document) -> None:
    """Entities that nothing refers to are doubtful: a leftover, or a misspelt reference."""
    used = used_entities(context, statements, document)
    for slug, entity in context.entities.items():
        if slug not in used:
            context.reader.add_at_key(
                "unused-entity",
                f'nothing refers to the entity "{slug}"',
                entity.path,
                "use it, or delete it",
            )


def _coverage_findings(
    context: Context, head: DocumentHead, coverage: Coverage
) -> Iterator[Finding]:
    """A warning for each sentence that carries no fact, or that says both."""
    if context.text is None:
        return
    source = context.reader.source
    for sentence in coverage.sentences:
        if sentence.is_covered and not (sentence.claims and sentence.no_fact):
            continue
        code = "sentence-doubly-decided" if sentence.is_covered else "sentence-uncovered"
        what = (
            f"is a no_fact, and carries the claim {quoted(sentence.claims[0])} too"
            if sentence.is_covered
            else "carries neither a claim nor a no_fact"
        )
        location = source.locate(("document", "content"))
        if head.file is not None:
            line, column = context.text.line_column(sentence.sentence.start)
            location = Location(str(_text_file(source.file, head.file)), line, column)
        yield Finding(
            code,
            Severity.WARNING,
            f"sentence {sentence.sentence.number} {what}: {quoted(sentence.text)}",
            "quote it in a claim, or under no_fact: with the reason",
            location=location,
        )
