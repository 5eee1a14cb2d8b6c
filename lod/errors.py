"""The one tree of errors that lod raises.

An error means that the work could not be done (exit code 2 of the command). What is wrong with a
publication is a *finding* (`lod.diagnostics`), a result, and never an exception.
"""

from __future__ import annotations

from collections.abc import Sequence

from lod.bounds import bounded


class LodError(Exception):
    """Something could not be done.

    Args:
        message: what went wrong, one sentence that names the file or the argument. Of words that
            are longer than anybody reads it has the ends, with … between.
        hint: what to do about it, or None.
    """

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        message = bounded(message)
        super().__init__(message)
        self.message = message
        self.hint = None if hint is None else bounded(hint)


class InputError(LodError):
    """A file or folder that was named cannot be read at all."""


class OutputError(LodError):
    """A result cannot be written; what stood there before still stands."""


class BusyError(OutputError):
    """Another process is writing there; what is done there is done by one at a time."""


class FindingsError(LodError):
    """A dataset was asked for, but the publication has findings of severity error.

    Attributes:
        findings: the findings, most important first.
    """

    def __init__(
        self, message: str, findings: Sequence[object], *, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.findings = findings


class VocabularyError(LodError):
    """A vocabulary or shapes file cannot be used, or a term is not in the vocabulary."""


class FormatError(LodError):
    """A format is unknown, or RDF text is not well-formed in its format."""


class QueryError(LodError):
    """A query is malformed."""


class QueryRefusedError(QueryError):
    """A query asks for what is never done here: updates, SERVICE, FROM over the network."""


class QueryLimitError(QueryError):
    """A query was stopped because it reached its limit of time, rows or bytes."""


class MissingExtraError(LodError):
    """A feature needs a package that is not installed; the hint names the extra."""
