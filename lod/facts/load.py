"""Loads a publication: from a folder, or from data that a program hands over."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.diagnostics import Finding, FindingList, Findings, Location, Path, Severity
from lod.errors import InputError, VocabularyError
from lod.facts.check_contradictions import check_contradictions
from lod.facts.check_multiplied import check_multiplied
from lod.facts.check_names import check_aliases
from lod.facts.check_terms import check_phrases, check_terms
from lod.facts.context import ALLOW_CODES, Context, read_allow
from lod.facts.coverage import Coverage, measure_coverage
from lod.facts.naming import used_entities
from lod.facts.read_claims import claim_ids, read_claims, read_no_facts
from lod.facts.read_entities import read_entities
from lod.facts.read_publication import DocumentHead, read_document, read_publication
from lod.facts.read_terms import read_terms
from lod.facts.reader import Reader, quoted
from lod.facts.schema import TERM_PREFIX, TOP
from lod.facts.slips import check_slips
from lod.facts.text import SourceText
from lod.facts.versions import VersionChecks, VersionContext, VersionText, unquoted_in
from lod.links.lock import Lock, lock_file, read_lock
from lod.model.claim import Statement
from lod.model.facts import Document, Facts, NoFact, Publication
from lod.namespaces import PREFIXES
from lod.sources import JSON_LINES, find_facts, is_corpus, source_of_file
from lod.sources.json_source import read_json
from lod.sources.source import Node, Source, SourceProblem, decode, read_bytes
from lod.store.together import settle
from lod.vocabulary.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lod.model.anchor import Anchor

#: Bytes that the name of a file has at most, nearly everywhere.
MOST_OF_A_NAME = 255

#: The names under which a folder's facts are looked for, in this order.


class Loaded(Struct):
    """A publication as far as it could be read.

    Attributes:
        file: the facts file as the user gave it.
        facts: the model, or None where there are errors.
        findings: everything that is wrong or doubtful, in the order of the file.
        text: the text of the document, or None where it could not be read.
        coverage: which sentences carry facts, or None without a text.
        vocabulary: the terms that the publication may use; without its own where these are broken.
        locate: gives the place of a path in the facts file.
        lock: what `wikidata.lock` says of the linked items; None without one, or a broken one.
        shapes: Turtle text of the publication's own shapes; "" where it has none.
        versions: the further versions of the text, as far as they could be read.
        unquoted: ids of the claims that quote further versions alone.
        has_terms: whether its own terms could be read, as far as it has some.
    """

    file: str
    facts: Facts | None
    findings: FindingList
    text: SourceText | None
    coverage: Coverage | None
    vocabulary: Vocabulary
    locate: Callable[[Path], Location | None]
    lock: Lock | None = None
    shapes: str = ""
    versions: tuple[VersionText, ...] = ()
    unquoted: tuple[str, ...] = ()
    has_terms: bool = True

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
        if (file := find_facts(path)) is not None:
            settle(path)
            return file
        raise InputError(f"{path}: no facts.yaml in this folder", hint=_instead(path))
    if not path.exists():
        raise InputError(f"{path}: no such file or folder")
    if is_corpus(path):
        raise InputError(f"{path}: JSON Lines, and not one publication", hint=_of_corpus(path))
    settle(path.parent)
    return path


def _of_corpus(path: FilePath) -> str:
    return f"it is a corpus: lod build {path} -o OUT, lod export {path} -f parquet -o OUT"


def _instead(folder: FilePath) -> str:
    """What to do with a folder that is no publication."""
    from lod.store.files import STORE_FILE

    names = {entry.name for entry in folder.iterdir()}
    if {"manifest.json", "shards"} <= names:
        return (
            f"it is what lod build made of a corpus: lod load {folder} --store STORE, "
            "then lod query STORE"
        )
    if STORE_FILE in names:
        return f"it is a store: lod query {folder}, lod serve {folder}"
    if any(name.endswith(JSON_LINES) or find_facts(folder / name) for name in names):
        return _of_corpus(folder)
    for ending in (".nq", ".trig", ".jsonld", ".ttl", ".nt"):  # first those with all graphs
        if of_it := sorted(name for name in names if name.endswith(ending)):
            return f"it has RDF files: lod query {folder / of_it[0]}"
    return "lod init TEXT writes one to start from"


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
    data = read_bytes(file)
    try:
        source = source_of_file(file).read(data, str(file))
    except SourceProblem as problem:
        return unreadable(str(file), problem)
    return load_source(source, file.parent, lock_file(file) if check_lock else None)


def load_json(data: bytes, file: str, folder: FilePath) -> Loaded:
    """Load a publication from JSON text, such as one line of a JSON Lines file.

    Args:
        data: the bytes.
        file: the file's name, for the findings.
        folder: where the files are that it names.
    """
    try:
        source = read_json(data, file)
    except SourceProblem as problem:
        return unreadable(file, problem)
    return load_source(source, folder)


def load_source(
    source: Source,
    folder: FilePath,
    lock: FilePath | None = None,
    texts: Mapping[str, SourceText] | None = None,
) -> Loaded:
    """Load a publication from data that was read.

    Args:
        source: the data, and where each value stands.
        folder: where the text file and the vocabulary are.
        lock: the file that pins its links, which need not be there; None where it has none, and
            then its links are not checked.
        texts: texts that take the place of those that the facts name or have, by the name of the
            version ("" is the document's own).
    """
    findings = Findings(source.locate)
    for problem in source.problems:
        _add_problem(findings, problem)
    reader = Reader(source, findings)
    mapping = reader.mapping(source.root, (), TOP, "the facts file")
    top = mapping or {}
    head = DocumentHead()
    if "document" in top:
        head = read_document(reader, top["document"]) or head
    publication = None
    if "publication" in top:
        publication = read_publication(reader, top["publication"], head.language)
    texts = texts or {}
    text = texts.get("") or _text(reader, head, folder)
    prefixes = {**PREFIXES, **publication.prefixes} if publication else PREFIXES
    base = publication.base if publication else ""
    own = f"{base}{TERM_PREFIX}/"
    vocabulary = _vocabulary(reader, top, folder, base, prefixes, head.language)
    shapes = _shapes(reader, top.get("publication"), folder)
    if vocabulary is None:
        # What else would be found may come of it, and nothing that uses its terms can be checked.
        found = findings.sorted()
        locate = source.locate
        shipped = load_vocabulary()
        return Loaded(source.file, None, found, text, None, shipped, locate, has_terms=False)
    context = Context(
        reader=reader,
        vocabulary=vocabulary,
        prefixes={TERM_PREFIX: own, **prefixes} if own in vocabulary.namespaces else prefixes,
        text=text,
        language=head.language,
        reference=head.published,
        claim_ids=claim_ids(top.get("claims")),
        key=head.key,
    )
    for version in head.versions:
        text = texts.get(version.name) or _text(reader, version, folder)
        context.versions[version.name] = _version(context, version, head, text)
    _check_texts(context)
    loaded = _resolve(context, top, head, publication, lock)
    loaded.shapes = shapes
    loaded.has_terms = mapping is not None
    return loaded


def _resolve(
    context: Context,
    top: dict[str, Node],
    head: DocumentHead,
    publication: Publication | None,
    lock_path: FilePath | None,
) -> Loaded:
    """Read the parts that refer to each other, then check the whole."""
    if head.allow is not None:
        at = ("document", "allow")
        context.allow = read_allow(context.reader, head.allow, at, ALLOW_CODES)
    if "entities" in top:
        read_entities(context, top["entities"])
    lock = None if lock_path is None else _checked_lock(context, lock_path)
    document = _document(context, head)
    statements, covered = read_claims(context, top["claims"]) if "claims" in top else ([], [])
    no_facts = read_no_facts(context, top["no_fact"]) if "no_fact" in top else []
    checks = VersionChecks(context)
    for statement in statements:
        check_terms(context, statement)
        check_slips(context, statement)
        checks.check(statement)
    unchecked = checks.report_unchecked()
    check_aliases(context)
    check_phrases(context, statements)
    findings = context.reader.findings
    # What a claim in a circle or with an error stands for is not known.
    if not context.lost_claims and not any(one.code == "circular" for one in findings):
        check_multiplied(context, statements)
    check_contradictions(context, statements)
    findings.add_unbound()
    if not context.lost_claims:
        _check_used(context, statements, document)
    coverages: dict[str, Coverage] = {}
    for one, version in zip(context.all_versions, (head, *head.versions), strict=True):
        if one.text is not None:
            one.text.forget_places()  # every quote was found
            claims, passages = _quoted_in(one.version, covered, no_facts)
            coverage = measure_coverage(one.text, claims, passages, unchecked[one.version])
            coverages[one.version] = coverage
            # Where a quote was not found, its sentence only seems uncovered.
            if not one.lost_quotes:
                findings.extend(_coverage_findings(one, version, coverage))
    facts = None
    if publication is not None and context.text is not None and not findings.has_errors:
        facts = Facts(publication, document, context.entities, statements, no_facts)
    return Loaded(
        context.reader.source.file,
        facts,
        findings.sorted(),
        context.text,
        coverages.get(""),
        context.vocabulary,
        context.reader.source.locate,
        lock,
        versions=tuple(
            VersionText(name, one.text, coverages[name], unquoted_in(name, covered))
            for name, one in context.versions.items()
            if one.text is not None
        ),
        unquoted=unquoted_in("", covered) if context.versions else (),
    )


def _version(
    context: Context, version: DocumentHead, head: DocumentHead, text: SourceText | None
) -> VersionContext:
    """What is known while claims are held against a further version of the text."""
    heads = {one.key: one for one in (head, *head.versions)}
    # A translation keeps the "last year" of the text that it was made from.
    dated = version
    while dated.translation_of is not None:
        dated = heads[dated.translation_of[0]]
    return VersionContext(
        reader=context.reader,
        vocabulary=context.vocabulary,
        prefixes=context.prefixes,
        text=text,
        language=version.language,
        reference=dated.published or head.published,
        entities=context.entities,
        claim_ids=context.claim_ids,
        version=version.name,
        key=version.key,
        path=version.path,
    )


def _check_texts(context: Context) -> None:
    """Two versions with one text are one: which of them an anchor means could not be told."""
    seen: dict[str, str] = {}
    for one in context.all_versions if context.versions else ():
        if one.text is None:
            continue
        other = seen.setdefault(one.text.sha256, one.key)
        if other != one.key:
            message = f"the version {quoted(one.key)} has the same text as {quoted(other)}"
            context.reader.add("duplicate-id", message, one.path, "give each its own text file")


def _quoted_in(
    version: str,
    covered: Iterable[tuple[str, tuple[Anchor, ...]]],
    no_facts: Iterable[NoFact],
) -> tuple[Iterator[tuple[str, list[Anchor]]], Iterator[tuple[str, Anchor]]]:
    """The quotes of claims, and the passages without a fact, that are of one version."""
    claims = (
        (id_, [anchor for anchor in anchors if anchor.version == version])
        for id_, anchors in covered
    )
    passages = ((one.reason, one.anchor) for one in no_facts if one.anchor.version == version)
    return claims, passages


def _checked_lock(context: Context, file: FilePath) -> Lock | None:
    """The lock, the links checked against it; None where there is none, or it is broken."""
    if not file.is_file():
        return None
    from lod.facts.check_links import check_links

    try:
        lock = read_lock(read_bytes(file), str(file))
    except SourceProblem as problem:
        context.reader.findings.add(
            "bad-lock", problem.message, location=problem.location, hint=problem.hint
        )
        return None
    check_links(context, lock)
    return lock


def unreadable(file: str, problem: SourceProblem) -> Loaded:
    """A publication of which nothing could be read.

    Args:
        file: the facts file.
        problem: why.
    """
    findings = Findings()
    _add_problem(findings, problem)
    return Loaded(
        file,
        None,
        findings.sorted(),
        None,
        None,
        load_vocabulary(),
        lambda _: problem.location,
        has_terms=False,
    )


def _add_problem(findings: Findings, problem: SourceProblem, path: Path = ()) -> None:
    findings.add(
        problem.code, problem.message, path=path, location=problem.location, hint=problem.hint
    )


def _text_file(facts: str, name: str | None) -> FilePath:
    return FilePath(facts).parent / name if name else FilePath(facts)


def _text(reader: Reader, head: DocumentHead, folder: FilePath) -> SourceText | None:
    """The text of the document, or None with a finding."""
    if head.content is not None:
        return SourceText(head.content, head.language)
    if head.file is None:
        return None
    at = (*head.path, "text")
    if "\n" in head.file or len(head.file) > MOST_OF_A_NAME:
        reader.add(
            "missing-file",
            f"{quoted(head.file)} is no name of a file, but as it seems the text itself",
            at,
            "text: names a file beside the facts; a text that is given here stands under content:",
        )
        return None
    file = _inside(reader, folder, head.file, at)
    if file is None:
        return None
    name = str(_text_file(reader.source.file, head.file))
    try:
        raw, problems = decode(read_bytes(file), name)
    except InputError as error:
        reader.add("missing-file", f"the text cannot be read: {error.message}", at)
        return None
    except SourceProblem as problem:
        _add_problem(reader.findings, problem, at)
        return None
    for warning in problems:
        _add_problem(reader.findings, warning, at)
    return SourceText(raw, head.language)


def _inside(reader: Reader, folder: FilePath, name: str, at: Path) -> FilePath | None:
    """A file of the publication's folder; names that lead out of it are a finding."""
    from lod.store.locks import is_inside

    file = folder / name
    if not is_inside(file, folder):
        reader.add(
            "missing-file",
            f"{quoted(name)} lies outside the publication's folder",
            at,
            "copy the file into the folder",
        )
        return None
    return file


def _vocabulary(
    reader: Reader,
    top: dict[str, Node],
    folder: FilePath,
    base: str,
    prefixes: Mapping[str, str],
    language: str,
) -> Vocabulary | None:
    """The shipped vocabulary with the publication's own terms: of a file, and of `terms:`.

    Returns:
        None where they cannot be used; why is in the findings.
    """
    at: Path = ("publication", "vocabulary")
    file = _named_file(reader, top.get("publication"), at, folder)
    if file is None:
        return None
    name, text = file
    try:
        vocabulary = load_vocabulary(text, name) if text else load_vocabulary()
        if "terms" not in top:
            return vocabulary
        before = reader.findings.errors
        own = read_terms(reader, top["terms"], vocabulary, base, prefixes, language)
        at = ("terms",)
        if reader.findings.errors > before:
            return None
        return load_vocabulary(f"{text}\n{own}", name) if own else vocabulary
    except VocabularyError as error:
        hint = f"{error.hint}; then the rest is checked" if error.hint else None
        reader.add("bad-vocabulary", error.message, at, hint)
    return None


def _shapes(reader: Reader, node: Node, folder: FilePath) -> str:
    """The text of the publication's own shapes; "" where it has none, or they cannot be read."""
    file = _named_file(reader, node, ("publication", "shapes"), folder)
    return "" if file is None else file[1]


def _named_file(reader: Reader, node: Node, at: Path, folder: FilePath) -> tuple[str, str] | None:
    """The name and the text of a Turtle file that the publication names.

    Returns:
        Two times "" where it names none; None where it cannot be read, which is a finding.
    """
    if type(node) is not dict or at[-1] not in node:
        return "", ""
    name = reader.text(node[str(at[-1])], at, "the name of a Turtle file")
    file = None if name is None else _inside(reader, folder, name, at)
    if file is None:
        return None
    try:
        return str(file), decode(read_bytes(file), str(file))[0]
    except InputError as error:
        reader.add("missing-file", f"the {at[-1]} cannot be read: {error.message}", at)
    except SourceProblem as problem:
        _add_problem(reader.findings, problem, at)
    return None


def _document(context: Context, head: DocumentHead) -> Document:
    """The document with its entities resolved; the default speaker is its one author."""
    authors = _slugs(context, head.authors)
    if len(authors) == 1:
        context.author = authors[0]
    if head.means is not None:
        context.means = context.read_means(head.means, ("document", "means"))
    type_ = context.vocabulary.find_class(head.type, context.prefixes)
    if type_ is None:
        context.reader.add("unknown-type", f"{quoted(head.type)} is no class", ("document", "type"))
    document = _described(context, head, authors, type_.iri if type_ else "")
    document.means = context.means
    versions = []
    for version in head.versions:
        of_version = context.versions[version.name]
        of_version.means, of_version.allow = context.means, context.allow
        # Where a version names no author, it is by that of the document.
        own = _slugs(context, version.authors) or authors
        of_version.author = own[0] if len(own) == 1 else context.author
        versions.append(_described(of_version, version, own, document.type))
    document.versions = tuple(versions)
    return document


def _slugs(context: Context, words: Iterable[tuple[str, Path]]) -> tuple[str, ...]:
    """The entities that some words name; unknown ones are findings."""
    return tuple(slug for word, at in words if (slug := context.entity(word, at)) is not None)


def _described(
    context: Context, head: DocumentHead, authors: tuple[str, ...], type_: str
) -> Document:
    """The document or a version of it, all but what only the document itself has."""
    text = context.text
    published_in = None
    if head.published_in is not None:
        published_in = context.entity(head.published_in, (*head.path, "publishedIn"))
    return Document(
        text=text.raw if text else "",
        sha256=text.sha256 if text else "",
        language=head.language,
        type=type_,
        titles=head.titles,
        author=authors,
        published_in=published_in,
        published=head.published,
        iri=head.iri,
        source=head.source,
        date_source=head.date_source,
        path=head.path,
        name=head.name,
        translators=_slugs(context, head.translators),
        translation_of=head.translation_of and head.translation_of[0],
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
        location = source.locate((*head.path, "content"))
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
