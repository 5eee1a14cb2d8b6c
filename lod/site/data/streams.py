"""The event stream of a whole corpus: every version of every claim of all its publications."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

from lod.history import stream
from lod.rdf.turtle import to_turtle
from lod.site.data.statements import address
from lod.site.files import PublicationSummary, SiteFile
from lod.site.summaries import Summaries

if TYPE_CHECKING:
    from lod.site.site import Site


def stream_files(summaries: Summaries, site: Site) -> Iterator[SiteFile]:
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
        for portion in summaries.made("releases", lambda some: _releases(some, site)):
            known.executemany("INSERT INTO release VALUES (?, ?)", json.loads(portion))
        releases = known.execute("SELECT day, page FROM release ORDER BY day, page")
        for path, dataset in stream.days(releases, site.base):
            yield SiteFile(path, to_turtle(dataset).encode())


def _releases(summaries: list[PublicationSummary], site: Site) -> bytes:
    """Date and address of each release of some publications, as JSON."""
    return json.dumps(
        [
            (day, f"{address(site, one.folder)}{stream.page_name(version)}")
            for one in summaries
            for day, version in one.releases
        ]
    ).encode()
