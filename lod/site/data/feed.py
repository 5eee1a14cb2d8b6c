"""feed.xml: the publications of a site, the one that changed last first (Atom, RFC 4287).

Dates are those of the data, at midnight UTC. What has no date is not in the feed.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lod.site.data.describe import dataset_iri, description, last_change, makers, title
from lod.site.data.statements import address
from lod.site.data.xml import xml_text
from lod.site.files import PublicationSummary, SiteFile
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.site import Site

#: How many entries the feed has at most.
LONGEST = 100
#: The date of a feed without entries: it must have one.
_NEVER = "1970-01-01"


def feed_files(summaries: Iterable[PublicationSummary], site: Site) -> Iterator[SiteFile]:
    """The feed."""
    dated = ((last_change(summary) or "", summary) for summary in summaries)
    newest = heapq.nlargest(LONGEST, (pair for pair in dated if pair[0]), key=lambda pair: pair[0])
    here, home = address(site, "feed.xml"), site.base
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml_text(site.language)}">',
        f" <id>{xml_text(here)}</id>",
        f" <title>{xml_text(short(site.title))}</title>",
        f" <updated>{_time(newest[0][0] if newest else _NEVER)}</updated>",
        f' <link rel="self" type="application/atom+xml" href="{xml_text(here)}"/>',
        f' <link rel="alternate" type="text/html" href="{xml_text(home)}"/>',
    ]
    for day, summary in newest:
        lines += _entry(day, summary, site)
    lines.append("</feed>\n")
    yield SiteFile("feed.xml", "\n".join(lines).encode("utf-8"))


def _entry(day: str, summary: PublicationSummary, site: Site) -> Iterator[str]:
    page = address(site, f"{summary.folder}index.html")
    yield " <entry>"
    # The same publication has the same id, whatever changes in it.
    yield f"  <id>{xml_text(dataset_iri(summary))}</id>"
    yield f"  <title>{xml_text(title(summary, site.language))}</title>"
    yield f"  <updated>{_time(day)}</updated>"
    if summary.published is not None:
        yield f"  <published>{_time(summary.published)}</published>"
    yield f'  <link rel="alternate" type="text/html" href="{xml_text(page)}"/>'
    for download in summary.downloads:
        file = xml_text(address(site, download.path))
        type_ = xml_text(download.media_type)
        yield f'  <link rel="enclosure" type="{type_}" length="{download.size}" href="{file}"/>'
    for name, iri in makers(summary):
        uri = "" if iri is None else f"<uri>{xml_text(iri)}</uri>"
        yield f"  <author><name>{xml_text(short(name))}</name>{uri}</author>"
    yield f"  <summary>{xml_text(description(summary, site.templates.words))}</summary>"
    yield f"  <rights>{xml_text(summary.license)}</rights>"
    yield " </entry>"


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"
