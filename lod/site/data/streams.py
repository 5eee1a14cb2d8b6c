"""The event stream of a whole corpus: every version of every claim of all its publications."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from lod.history import stream
from lod.rdf.turtle import to_turtle
from lod.site.data.statements import address
from lod.site.files import PublicationSummary, SiteFile

if TYPE_CHECKING:
    from lod.site.site import Site


def stream_files(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The pages that lead to the releases of all publications, day by day.

    A day that is over stays as it is, so that of a large corpus little is written anew.

    Args:
        summaries: of the publications.
        site: of several.
    """
    # A database without a name is one that grows on disk, and vanishes by itself.
    with closing(sqlite3.connect("", isolation_level=None)) as known:
        known.execute("CREATE TABLE release (day TEXT, page TEXT)")
        known.execute("BEGIN")
        for summary in summaries:
            at = address(site, summary.folder)
            known.executemany(
                "INSERT INTO release VALUES (?, ?)",
                [(day, f"{at}{stream.page_name(version)}") for day, version in summary.releases],
            )
        releases = known.execute("SELECT day, page FROM release ORDER BY day, page")
        for path, dataset in stream.days(releases, site.base):
            yield SiteFile(path, to_turtle(dataset).encode())
