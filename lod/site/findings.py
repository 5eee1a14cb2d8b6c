"""What pages miss that the facts need not have: found where a site is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lod.diagnostics import Finding, Severity

if TYPE_CHECKING:
    from lod.publication import Publication


def page_findings(publication: Publication) -> Iterator[Finding]:
    """Warnings about the pages of a publication without errors.

    Args:
        publication: it.
    """
    if not publication.require_facts().document.titles:
        path = ("document",)
        yield Finding(
            "title-missing",
            Severity.WARNING,
            "the text has no title: its page, the cards and the lists show the title of the data, "
            "and search engines get no headline",
            "write its title under title:",
            path,
            publication.locate(path),
        )
