"""The Python API: a publication that was loaded, and everything that can be done with it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.counts import counted
from lod.diagnostics import Finding, FindingList, Severity
from lod.errors import FindingsError, FormatError, InputError, VocabularyError

if TYPE_CHECKING:
    import rdflib

    from lod.diagnostics import Location
    from lod.diagnostics import Path as FactsPath
    from lod.facts.coverage import Coverage
    from lod.facts.load import Loaded
    from lod.facts.text import SourceText
    from lod.facts.versions import VersionText
    from lod.links.lock import Lock
    from lod.model.facts import Facts
    from lod.query.limits import Limits
    from lod.query.result import QueryResult
    from lod.query.store import QueryStore
    from lod.rdf.dataset import Dataset
    from lod.validation.report import ValidationReport
    from lod.vocabulary.vocabulary import Vocabulary


#: How data that came from no file is called in findings.
DATA = "<data>"


def load(path: str | os.PathLike[str]) -> Publication:
    """Load the publication in a folder.

    Args:
        path: the folder, or its facts file.

    Returns:
        The publication. What is wrong with it is in its findings; nothing is raised for that.

    Raises:
        InputError: there is no such folder or file, or it cannot be opened.

    >>> publication = load("examples/russia-kazakhstan")
    >>> publication.has_errors
    False
    """
    from lod.facts.load import load_folder

    return Publication(Path(path), load_folder(Path(path)))


def loads(
    data: str | bytes | Mapping[str, Any], *, folder: str | os.PathLike[str] | None = None
) -> Publication:
    """Load a publication that was made in Python, or as JSON text.

    Args:
        data: what a facts file holds, as a mapping or as JSON text; the text of the document as
            `content`, or its file's name as `text`. Numbers count as they are written: a `Decimal`
            or a string keeps 3.20, a `date` is written in full.
        folder: where the files are that it names; none where None.

    Returns:
        The publication. Lines and columns of findings count in the JSON text, which for a mapping
        has one value a line; their `path` leads through the data.

    Raises:
        InputError: the mapping holds what no facts file can.

    >>> facts = {"publication": {"base": "https://data.example.org/t/", "title": "A test"}}
    >>> [finding.code for finding in loads(facts).findings if finding.code == "missing-key"][:1]
    ['missing-key']
    """
    from lod.facts.load import load_json

    if not isinstance(data, str | bytes):
        try:
            data = json.dumps(data, ensure_ascii=False, indent=1, default=_plain)
        except (TypeError, ValueError) as error:
            raise InputError(f"the data cannot be a publication: {error}") from None
    encoded = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    place = Path(os.devnull if folder is None else folder)
    return Publication(place, load_json(encoded, DATA, place), place)


def _plain(value: object) -> str:
    """A value that JSON has no form for, as the facts write it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is no text, number, date, list or mapping")


class Publication:
    """One text with its facts, as far as it could be read.

    Args:
        path: the folder or facts file that was loaded.
        loaded: what was read.
        folder: the folder of its files, where that is not the one of the facts file.
    """

    def __init__(self, path: Path, loaded: Loaded, folder: Path | None = None) -> None:
        self.path = path
        self._loaded = loaded
        self._folder = folder

    def __repr__(self) -> str:
        return f"<Publication {self._loaded.file}: {self._counted()}>"

    def _counted(self) -> str:
        facts, found = self.facts, len(self.findings)
        claims = "errors" if facts is None else counted(len(facts.statements), "statement")
        return f"{claims}, {counted(found, 'finding') if found else 'no findings'}"

    def _repr_html_(self) -> str:
        from lod.notebook import html_table

        facts, coverage = self.facts, self.coverage
        rows: list[tuple[str, object]] = [("file", self._loaded.file)]
        if facts is not None:
            said = facts.publication
            rows += [("title", one) for one in said.titles.values()]
            rows += [
                ("base", said.base),
                ("publisher", said.publisher.name),
                ("licence", said.license),
                ("statements", len(facts.statements)),
                ("entities", len(facts.entities)),
            ]
        if coverage is not None:
            covered = sum(one.is_covered for one in coverage.sentences)
            rows.append(("sentences", f"{covered:,} of {len(coverage.sentences):,} covered"))
        table = html_table(f"Publication: {self._counted()}", (), rows, len(rows))
        return table + (self.findings._repr_html_() if self.findings else "")

    @property
    def folder(self) -> Path:
        """The folder of the publication."""
        return Path(self._loaded.file).parent if self._folder is None else self._folder

    @property
    def file(self) -> str:
        """The facts file, as it is named in findings."""
        return self._loaded.file

    @property
    def text(self) -> SourceText | None:
        """The text, or None where it could not be read."""
        return self._loaded.text

    @property
    def facts(self) -> Facts | None:
        """The model, or None where there are errors."""
        return self._loaded.facts

    @property
    def lock(self) -> Lock | None:
        """What `wikidata.lock` says of the linked items; None without one, or a broken one."""
        return self._loaded.lock

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms that the publication may use; without its own where they cannot be read."""
        return self._loaded.vocabulary

    @property
    def shapes(self) -> str:
        """The Turtle text of the publication's own shapes; "" where it has none."""
        return self._loaded.shapes

    @property
    def findings(self) -> FindingList:
        """What reading and checking the facts found, in the order of the file."""
        return self._loaded.findings

    @property
    def has_errors(self) -> bool:
        """Whether a finding stops the build."""
        return self._loaded.has_errors

    @property
    def coverage(self) -> Coverage | None:
        """Which sentences, and which of their words, carry facts; None without a text."""
        return self._loaded.coverage

    @property
    def versions(self) -> tuple[VersionText, ...]:
        """The further versions of the text that could be read, each with its coverage."""
        return self._loaded.versions

    @property
    def unquoted(self) -> tuple[str, ...]:
        """Ids of the claims that quote further versions of the text alone."""
        return self._loaded.unquoted

    def require_facts(self) -> Facts:
        """The model.

        Raises:
            FindingsError: the publication has errors.
        """
        if self.facts is None:
            raise self._errors()
        return self.facts

    def require_vocabulary(self) -> Vocabulary:
        """The terms that the publication may use, its own among them.

        Raises:
            FindingsError: its own cannot be read.
        """
        if not self._loaded.has_terms:
            raise self._errors()
        return self.vocabulary

    def _errors(self) -> FindingsError:
        errors = [f for f in self.findings if f.severity is Severity.ERROR]
        count = counted(len(errors), "error")
        first = f"; the first: {errors[0].location}: {errors[0].message}" if errors else ""
        return FindingsError(
            f"{self.file}: {count} in the facts{first}",
            errors,
            hint=f"lod check {self.path} shows all of them",
        )

    @cached_property
    def _dataset(self) -> Dataset:
        from lod.dataset.build import build_dataset

        return build_dataset(self.require_facts(), self.vocabulary)

    def dataset(self) -> Dataset:
        """The dataset: every quad of the publication.

        Raises:
            FindingsError: the publication has errors.
        """
        return self._dataset

    def serialize(self, format_: str) -> str:
        """The dataset as text.

        Args:
            format_: name of a format ("turtle", "json-ld", "trig", "n-quads", "n-triples",
                "rdf-xml"); graph formats hold the default graph.

        Raises:
            FindingsError: the publication has errors.
            FormatError: there is no such format, it cannot hold the dataset, or is no text.
        """
        try:
            return self.export(format_).decode("utf-8")
        except UnicodeDecodeError:
            raise FormatError(f"{format_} is no text.", hint="export() gives its bytes") from None

    def export(self, profile: str) -> bytes:
        """The publication in an output profile: an RDF format, or another one of `lod.profiles`.

        Args:
            profile: its name, as for `lod export`.

        Raises:
            FindingsError: the publication has errors.
            FormatError: there is no such profile, or the facts do not fit into it.
        """
        from lod.profiles import find_profile

        return find_profile(profile).write(self)

    def graph(self) -> rdflib.Dataset:
        """The dataset in rdflib, with its prefixes bound.

        Raises:
            FindingsError: the publication has errors.
        """
        from lod.rdf.dataset import to_graph

        return to_graph(self.dataset())

    def validate(self, *, engine: str = "auto") -> ValidationReport:
        """Validate the dataset against the shapes, the publication's own among them.

        Args:
            engine: "auto" (the fast one where it is installed), "shacl" or "pyshacl".

        Raises:
            FindingsError: the publication has errors.
            FormatError: its own shapes are malformed.
            VocabularyError: its own shapes are no proper shapes.
        """
        from lod.validation.validate import validate_publication

        return validate_publication(self.dataset(), self.vocabulary, self.shapes, engine=engine)

    def check(self, *, engine: str = "auto") -> FindingList:
        """Everything that is wrong or doubtful: facts, quotes, consistency, coverage, shapes.

        The shapes and the rules of plug-ins (`lod.Rules`) are looked at only where the facts have
        no errors, since there is no dataset before that.

        Args:
            engine: as for `validate`.

        Returns:
            The findings in the order of the file.
        """
        from lod.rules import found_by_rules

        if self.facts is None:
            return self.findings
        found = self._of_shapes(engine) + found_by_rules(self)
        return FindingList([*self.findings, *map(self._located, found)])

    def _of_shapes(self, engine: str) -> list[Finding]:
        try:
            report = self.validate(engine=engine)
        except (FormatError, VocabularyError) as error:
            if not self.shapes:
                raise
            at = ("publication", "shapes")
            return [Finding("bad-shapes", Severity.ERROR, error.message, error.hint, at)]
        if not report.results:
            return []
        from lod.validation.trace import trace_results

        return trace_results(report, self.require_facts())

    def locate(self, path: FactsPath) -> Location | None:
        """Where in the facts file something stands, by its keys and list indexes from the root."""
        return self._loaded.locate(path)

    def _located(self, finding: Finding) -> Finding:
        from msgspec.structs import replace

        if finding.location is not None:
            return finding
        return replace(finding, location=self.locate(finding.path))

    @cached_property
    def _store(self) -> QueryStore:
        from lod.query.store import open_store

        return open_store(self.dataset())

    def query(self, sparql: str, *, limits: Limits | None = None) -> QueryResult:
        """Ask a SPARQL query of the dataset; its default graph is the union of all graphs.

        Args:
            sparql: a SELECT, ASK, CONSTRUCT or DESCRIBE query, or the name of a query: one of the
                publication's `queries/`, or one that ships with lod ("claims", "figures", …).
            limits: of time, rows and bytes; the defaults where None.

        Raises:
            FindingsError: the publication has errors.
            InputError: there is no query of that name; the hint names those that there are.
            QueryError: the query is malformed, is refused, or reached a limit.
        """
        from lod.query.named import NAME, load_query
        from lod.query.store import run_query

        if NAME.fullmatch(sparql):
            sparql = load_query(sparql, self.folder).text
        return run_query(self._store, sparql, limits=limits)

    def queries(self) -> dict[str, str]:
        """The named queries: name to SPARQL text, the publication's own and those of lod.

        Raises:
            InputError: one cannot be read.
        """
        from lod.query.named import list_queries

        return {query.name: query.text for query in list_queries(self.folder)}
