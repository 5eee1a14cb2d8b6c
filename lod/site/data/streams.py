"""The event stream of a whole corpus: every version of every claim of all its publications."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.history import stream
from lod.rdf.turtle import to_turtle
from lod.site.data.statements import address
from lod.site.files import PublicationSummary, SiteFile
from lod.site.summaries import Summaries
from lod.store.database import Database

if TYPE_CHECKING:
    from lod.site.site import Site


def stream_files(summaries: Summaries, site: Site) -> Iterator[SiteFile]:
    """The pages that lead to the releases of all publications, day by day.

    A day that is over stays as it is, so that of a large corpus little is written anew.

    Args:
        summaries: of the publications.
        site: of several.
    """
    with (
        Database(None, "CREATE TABLE release (day TEXT, page TEXT);") as known,
        known.transaction(),
    ):
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
