"""The Python API: a publication that was loaded, and everything that can be done with it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lod.diagnostics import Finding, Severity
from lod.errors import FindingsError, InputError

if TYPE_CHECKING:
    import rdflib

    from lod.dataset.dataset import Dataset
    from lod.facts.coverage import Coverage
    from lod.facts.links.lock import Lock
    from lod.facts.load import Loaded
    from lod.facts.text import SourceText
    from lod.model.facts import Facts
    from lod.query.limits import Limits
    from lod.query.result import QueryResult
    from lod.query.store import QueryStore
    from lod.validation.report import ValidationReport
    from lod.vocabulary.vocabulary import Vocabulary


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


class Publication:
    """One text with its facts, as far as it could be read.

    Args:
        path: the folder or facts file that was loaded.
        loaded: what was read.
    """

    def __init__(self, path: Path, loaded: Loaded) -> None:
        self.path = path
        self._loaded = loaded

    @property
    def folder(self) -> Path:
        """The folder of the publication."""
        return Path(self._loaded.file).parent

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
        """The terms that the publication may use."""
        return self._loaded.vocabulary

    @property
    def findings(self) -> list[Finding]:
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

    def require_facts(self) -> Facts:
        """The model.

        Raises:
            FindingsError: the publication has errors.
        """
        if self.facts is None:
            errors = [f for f in self.findings if f.severity is Severity.ERROR]
            count = f"{len(errors)} error{'' if len(errors) == 1 else 's'}"
            first = f"; the first: {errors[0].location}: {errors[0].message}" if errors else ""
            raise FindingsError(
                f"{self.file}: {count} in the facts{first}",
                errors,
                hint=f"lod check {self.path} shows all of them",
            )
        return self.facts

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
            FormatError: there is no such format, or it cannot hold the dataset.
        """
        from lod.dataset.serialize import serialize

        return serialize(self.dataset(), format_)

    def graph(self) -> rdflib.Dataset:
        """The dataset in rdflib, with its prefixes bound.

        Raises:
            FindingsError: the publication has errors.
        """
        from lod.dataset.graph import to_graph

        return to_graph(self.dataset())

    def validate(self, *, engine: str = "auto") -> ValidationReport:
        """Validate the dataset against the shapes.

        Args:
            engine: "auto" (the fast one where it is installed), "shacl" or "pyshacl".

        Raises:
            FindingsError: the publication has errors.
        """
        from lod.validation.validate import validate_publication

        return validate_publication(self.dataset(), self.vocabulary, engine=engine)

    def check(self, *, engine: str = "auto") -> list[Finding]:
        """Everything that is wrong or doubtful: facts, quotes, consistency, coverage, shapes.

        The shapes are looked at only where the facts have no errors, since there is no dataset
        before that.

        Args:
            engine: as for `validate`.

        Returns:
            The findings in the order of the file.
        """
        from lod.validation.trace import trace_results

        if self.facts is None:
            return self.findings
        report = self.validate(engine=engine)
        return [*self.findings, *map(self._locate, trace_results(report, self.facts))]

    def _locate(self, finding: Finding) -> Finding:
        from dataclasses import replace

        return replace(finding, location=self._loaded.locate(finding.path))

    @cached_property
    def _store(self) -> QueryStore:
        from lod.query.store import open_store

        return open_store(self.dataset())

    def query(self, sparql: str, *, limits: Limits | None = None) -> QueryResult:
        """Ask a SPARQL query of the dataset; its default graph is the union of all graphs.

        Args:
            sparql: a SELECT, ASK, CONSTRUCT or DESCRIBE query, or the name of one in `queries/`.
            limits: of time, rows and bytes; the defaults where None.

        Raises:
            FindingsError: the publication has errors.
            QueryError: the query is malformed, is refused, or reached a limit.
        """
        from lod.query.run import run_query

        if (named := self.queries().get(sparql)) is not None:
            sparql = named
        return run_query(self._store, sparql, limits=limits)

    def queries(self) -> dict[str, str]:
        """The named queries of the publication: name to SPARQL text."""
        folder = self.folder / "queries"
        try:
            return {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.rq"))}
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{folder}: a query cannot be read: {error}") from None
