"""Builds a site: all or nothing for one publication, publication by publication for a corpus."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

from lod.diagnostics import Severity
from lod.errors import InputError, OutputError
from lod.iri import iri_problem
from lod.site.files import PublicationSummary, SiteFile, StreamedFile
from lod.site.interface import Words
from lod.site.output import Writer, asset_files, check_output, write_marker
from lod.site.report import SiteReport
from lod.site.site import Site, SiteOptions
from lod.site.summary import summarize
from lod.site.templates import Templates
from lod.site.texts import preferred
from lod.site.view import PublicationView
from lod.swap import swap_folders

#: Told how many pages or publications are done, and of how many, where that is known.
Progress = Callable[[int, int | None], None]


#: What makes the files of one publication, in the order in which they are written.
PUBLICATION = (
    "lod.site.article.pages:article_files",
    "lod.site.claims:claim_files",
    "lod.site.entities:entity_files",
    "lod.site.lists:list_files",
    "lod.site.provenance:provenance_files",
    "lod.site.terms:term_files",
    "lod.site.data.pages:data_files",
    "lod.site.query_page:query_files",
    "lod.site.search:search_files",
)
#: What makes the files of the whole site.
WHOLE = (
    "lod.site.lists:missing_page",
    "lod.site.data.whole:whole_data_files",
    "lod.site.query_page:whole_query_files",
)


@cache
def producers(names: tuple[str, ...]) -> tuple[Callable[..., Iterator[SiteFile]], ...]:
    """The functions of these names, `module:function`, imported when they are first needed."""
    named = (name.partition(":") for name in names)
    return tuple(getattr(import_module(module), function) for module, _, function in named)


def build_site(
    source: Path, out: Path, options: SiteOptions, progress: Progress | None = None
) -> SiteReport:
    """Make the site of a publication, or of a corpus.

    The site of one publication is written beside the folder, and then takes its place in one step.
    That of a corpus is brought up to date publication by publication; what did not change since
    the last build stays as it is.

    Args:
        source: folder or facts file of a publication; or a corpus: a folder of publications, or
            JSON Lines.
        out: the folder of the site; nothing, or a site that was built before.
        options: what the user chose.
        progress: told how far it is.

    Returns:
        What was built. Where one publication has errors, nothing is written; of a corpus, those
        with errors are left out.

    Raises:
        InputError: the source, the templates, the words or the assets of the query page cannot be
            read.
        OutputError: the folder is no site of ours, or cannot be written.
    """
    from lod.corpus.items import is_corpus
    from lod.site.query_assets import check_assets

    started = time.monotonic()
    check_base(options.base)
    check_output(source, out)
    check_assets(options)
    try:
        if is_corpus(source):
            from lod.site.corpus import build_corpus_site

            report = build_corpus_site(source, out, options, progress)
        else:
            report = _build_one(source, out, options, progress)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    report.seconds = time.monotonic() - started
    return report


def check_base(base: str | None) -> None:
    """Refuse a base that no site can stand at.

    Raises:
        InputError: it is no absolute http(s) IRI that ends with "/".
    """
    if base is None:
        return
    problem = iri_problem(base)
    if problem is None and not base.lower().startswith(("http://", "https://")):
        problem = "is none of http or https"
    if problem is None and ("?" in base or "#" in base or not base.endswith("/")):
        problem = 'does not end with "/", or has a query or a fragment'
    if problem is not None:
        raise InputError(
            f"the base {base} {problem}", hint="give the address of the site, as https://…/"
        )


def make_site(base: str, title: str, options: SiteOptions, *, several: bool) -> Site:
    """The site, with its templates and words."""
    templates = Templates(Words(options.language, options.words), options.templates)
    return Site(base, title, options.language, several, templates, options)


def publication_files(view: PublicationView, site: Site) -> Iterator[SiteFile]:
    """All files of one publication."""
    here = site.at(view)
    for produce in producers(PUBLICATION):
        yield from produce(view, here)


def whole_files(
    summaries: Iterable[PublicationSummary], site: Site
) -> Iterator[SiteFile | StreamedFile]:
    """All files of the whole site, but for what only a corpus has."""
    yield from asset_files(site.options.templates)
    for produce in producers(WHOLE):
        yield from produce(summaries, site)


def _build_one(
    source: Path, out: Path, options: SiteOptions, progress: Progress | None
) -> SiteReport:
    from lod.publication import load

    publication = load(source)
    report = SiteReport(findings=publication.check())
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        report.skipped = 1
        return report
    view = PublicationView(publication)
    # Everything in the report counts what was written, so the site comes first.
    report.base = options.base or view.base.removesuffix("#").rstrip("/") + "/"
    title = options.title or preferred(view.facts.publication.titles, options.language)
    site = make_site(report.base, title, options, several=False)
    aside = out.resolve().with_name(f".{out.resolve().name}.lod-new")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        writer = _write(view, site, aside, progress)
        swap_folders(aside, out.resolve())
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    report.publications = report.built = 1
    report.pages, report.files = writer.written.pages, writer.written.files
    report.bytes = writer.written.bytes
    return report


def _write(view: PublicationView, site: Site, folder: Path, progress: Progress | None) -> Writer:
    write_marker(folder, "publication")
    writer = Writer(folder)
    for file in publication_files(view, site):
        writer.write(file)
        if progress is not None:
            progress(writer.written.pages, None)
    summary = summarize(view, writer.written.downloads)
    for one in whole_files([summary], site):
        writer.write(one)
    return writer
