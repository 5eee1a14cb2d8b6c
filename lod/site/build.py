"""Builds a site: all or nothing for one publication, publication by publication for a corpus."""

from __future__ import annotations

import os
import time
from pathlib import Path

from lod.diagnostics import Severity
from lod.errors import OutputError
from lod.pages.texts import preferred
from lod.pages.view import PublicationView
from lod.site.files import (
    Writer,
    check_output,
    write_marker,
)
from lod.site.fragment import PartsIndex, check_base_path
from lod.site.make import (
    Progress,
    check_base,
    make_site,
    page_findings,
    publication_files,
    whole_files,
)
from lod.site.pages.query import check_assets
from lod.site.pages.terms import foreign_terms
from lod.site.site import Site, SiteOptions, SiteReport
from lod.site.summaries import Summaries
from lod.site.summary import summarize
from lod.sources import is_corpus
from lod.store.files import replacing_folder
from lod.store.locks import locked


def build_site(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str],
    options: SiteOptions | None = None,
    progress: Progress | None = None,
    *,
    wait: bool = False,
) -> SiteReport:
    """Make the site of a publication, or of a corpus.

    The site of one publication is written beside the folder, and then takes its place in one step.
    That of a corpus is brought up to date publication by publication; what did not change since
    the last build stays as it is.

    Args:
        source: folder or facts file of a publication; or a corpus: a folder of publications, or
            JSON Lines.
        out: the folder of the site; nothing, or a site that was built before.
        options: what the user chose; the defaults where None.
        progress: told how far it is.
        wait: whether to wait until another build of the folder is done.

    Returns:
        What was built. Where one publication has errors, nothing is written; of a corpus, those
        with errors are left out.

    Raises:
        InputError: the source, the templates, the words or the assets of the query page cannot be
            read.
        BusyError: another build is at work on the folder.
        OutputError: the folder is no site of ours, or cannot be written.
    """
    started = time.monotonic()
    source, out, options = Path(source), Path(out), options or SiteOptions()
    check_base(options.base)
    check_base_path(options.base_path)
    check_output(source, out)
    check_assets(options)
    try:
        with locked(out, "build", wait=wait) as place:
            if is_corpus(source):
                from lod.site.corpus import build_corpus_site

                report = build_corpus_site(source, place, options, progress)
            else:
                report = _build_one(source, place, options, progress)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written: {error.strerror or error}") from None
    report.seconds = time.monotonic() - started
    return report


def _build_one(
    source: Path, out: Path, options: SiteOptions, progress: Progress | None
) -> SiteReport:
    from lod.publication import load

    publication = load(source)
    report = SiteReport(findings=publication.check())
    if any(finding.severity is Severity.ERROR for finding in report.findings):
        report.skipped = 1
        return report
    report.findings += page_findings(publication)
    view = PublicationView(publication, language=options.language)
    # Everything in the report counts what was written, so the site comes first.
    report.base = options.base or view.base.removesuffix("#").rstrip("/") + "/"
    title = options.title or preferred(view.facts.publication.titles, options.language)
    desk = view.facts.publication.publisher.name
    site = make_site(report.base, title, options, several=False, desk=desk)
    with replacing_folder(out) as aside:
        writer = _write(view, site, aside, progress)
    report.publications = report.built = 1
    report.undrawn = site.undrawn
    report.in_english = [*site.templates.words.lacking, *foreign_terms(view)]
    report.pages, report.files = writer.written.pages, writer.written.files
    report.bytes = writer.written.bytes
    return report


def _write(view: PublicationView, site: Site, folder: Path, progress: Progress | None) -> Writer:
    write_marker(folder, "publication")
    writer, parts = Writer(folder), PartsIndex()
    for file in publication_files(view, site):
        writer.write(file)
        parts.note(file)
        if progress is not None:
            progress(writer.written.pages, None)
    summary = summarize(view, writer.written.downloads)
    for one in whole_files(Summaries([summary]), site):
        writer.write(one)
        parts.note(one)
    if site.options.fragment:
        writer.write(parts.file())
    return writer
