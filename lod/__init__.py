"""lod publishes the facts of a text as linked open data.

What is named here is the API; `docs/api.md` explains it. Everything else may change.

>>> import lod
>>> publication = lod.load("examples/russia-kazakhstan")
>>> len(publication.check())
0
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lod.version import __version__

if TYPE_CHECKING:
    from lod.codes import Code
    from lod.corpus.build import CorpusResult, build_corpus
    from lod.diagnostics import Finding, Location, Severity
    from lod.dist import BuildResult, build
    from lod.errors import (
        BusyError,
        FindingsError,
        FormatError,
        InputError,
        LodError,
        MissingExtraError,
        OutputError,
        QueryError,
        QueryLimitError,
        QueryRefusedError,
        VocabularyError,
    )
    from lod.history.change import Change, Difference, Entry
    from lod.history.corpora import CorpusDifference
    from lod.history.diff import diff, diff_corpora
    from lod.publication import Publication, load, loads
    from lod.query.limits import Limits
    from lod.query.result import QueryResult
    from lod.rdf.dataset import Dataset
    from lod.rules import Rules
    from lod.site.build import build_site
    from lod.site.site import SiteOptions, SiteReport
    from lod.tables.export import export_tables
    from lod.tables.read import from_rows
    from lod.tables.write import TablesResult
    from lod.validation.report import ValidationReport, ValidationResult

__all__ = [
    "BuildResult",
    "BusyError",
    "Change",
    "Code",
    "CorpusDifference",
    "CorpusResult",
    "Dataset",
    "Difference",
    "Entry",
    "Finding",
    "FindingsError",
    "FormatError",
    "InputError",
    "Limits",
    "Location",
    "LodError",
    "MissingExtraError",
    "OutputError",
    "Publication",
    "QueryError",
    "QueryLimitError",
    "QueryRefusedError",
    "QueryResult",
    "Rules",
    "Severity",
    "SiteOptions",
    "SiteReport",
    "TablesResult",
    "ValidationReport",
    "ValidationResult",
    "VocabularyError",
    "__version__",
    "build",
    "build_corpus",
    "build_site",
    "diff",
    "diff_corpora",
    "export_tables",
    "from_rows",
    "load",
    "loads",
]

# Hidden from type checkers, to which a name that is not above is an error.
if not TYPE_CHECKING:
    _HOMES = {
        "lod.codes": "Code",
        "lod.corpus.build": "CorpusResult build_corpus",
        "lod.diagnostics": "Finding Location Severity",
        "lod.dist": "BuildResult build",
        "lod.errors": "BusyError FindingsError FormatError InputError LodError MissingExtraError "
        "OutputError QueryError QueryLimitError QueryRefusedError VocabularyError",
        "lod.history.change": "Change Difference Entry",
        "lod.history.corpora": "CorpusDifference",
        "lod.history.diff": "diff diff_corpora",
        "lod.publication": "Publication load loads",
        "lod.query.limits": "Limits",
        "lod.query.result": "QueryResult",
        "lod.rdf.dataset": "Dataset",
        "lod.rules": "Rules",
        "lod.site.build": "build_site",
        "lod.site.site": "SiteOptions SiteReport",
        "lod.tables.export": "export_tables",
        "lod.tables.read": "from_rows",
        "lod.tables.write": "TablesResult",
        "lod.validation.report": "ValidationReport ValidationResult",
    }
    _HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

    def __getattr__(name):
        # The command imports this package too, and must start before anything heavy is read.
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(_HOME[name]), name)

    def __dir__():
        return __all__
