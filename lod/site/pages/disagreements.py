"""The pages of what the publications of a corpus disagree on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lod.namespaces import WIKIDATA_NS, shrink
from lod.pages.names import Link, shipped_term_path
from lod.site.files import Planned, SiteFile
from lod.site.site import disagreements_path, item_path, near_pages, next_page, page_count
from lod.vocabulary.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from lod.review.disagreements import Disagreement
    from lod.site.site import Site
    from lod.site.state import SiteState

#: Claims of one disagreement that its page shows.
_MOST_CLAIMS = 20


class Matter(Struct, frozen=True):
    """One disagreement as its page shows it.

    Attributes:
        subject: what it is about.
        relation: its property.
        claims: some of the claims, as `Disagreement.claims` has them, with `path` and `folder` in
            the site.
        more: how many more there are.
    """

    subject: Link
    relation: Link
    claims: list[dict[str, Any]]
    more: int


class DisagreementPages:
    """The disagreements of a site; those of which something changed are looked for again.

    Args:
        state: has the publications, and keeps the disagreements.

    Attributes:
        count: how many there are.
    """

    def __init__(self, state: SiteState) -> None:
        self._state = state
        state.settle(_kept)
        self.count = state.count_disagreements()

    def pages(self, site: Site) -> Iterator[Planned]:
        """The pages; none where there is no disagreement."""
        if not self.count:
            return
        last = page_count(self.count)
        found = self._state.disagreements()
        for number in range(1, last + 1):
            shown = next_page(found)
            # Where a publication stands follows from its base IRI, which the claims tell.
            made_of = f"{self.count} {number}\0" + "\0".join(shown)
            yield Planned(
                disagreements_path(number),
                made_of.encode(),
                partial(self._page, shown, number, last, site),
            )

    def _page(self, shown: Iterable[str], number: int, last: int, site: Site) -> SiteFile:
        path = disagreements_path(number)
        content = site.templates.render(
            "disagreements.html",
            site,
            path,
            matters=[self._matter(one, site) for one in shown],
            count=self.count,
            number=number,
            last=last,
            pages=[(one, disagreements_path(one)) for one in near_pages(number, last)],
        )
        return SiteFile(path, content, listed=True)

    def _matter(self, data: str, site: Site) -> Matter:
        subject, predicate, label, claims, total = json.loads(data)
        known = load_vocabulary().properties.get(predicate)
        term = shipped_term_path(predicate)
        labels = {} if known is None else known.labels
        name = labels.get(site.language) or labels.get("en") or shrink(predicate)
        return Matter(
            self._subject(subject, label, claims[0]),
            Link(name, None if term is None else f"{term}.html"),
            [self._claim(claim) for claim in claims],
            total - len(claims),
        )

    def _subject(self, subject: str, label: str, claim: dict[str, Any]) -> Link:
        """The page of the item; without one that of the entity."""
        if ":" not in subject:
            return Link(label, item_path(subject), f"{WIKIDATA_NS}{subject}")
        base = claim["publication"]
        if not subject.startswith(f"{base}entity/"):
            return Link(label, None)
        return Link(label, f"{self._state.folder_of(base)}{subject.removeprefix(base)}.html")

    def _claim(self, claim: dict[str, Any]) -> dict[str, Any]:
        base = claim["publication"]
        folder = self._state.folder_of(base)
        # A claim of a list is told on the page of its statement.
        statement = claim["claim"].removeprefix(f"{base}claim/").partition("/")[0]
        return {**claim, "folder": folder, "path": f"{folder}claim/{statement}.html"}


def _kept(one: Disagreement) -> str:
    """What the page tells of a disagreement, as JSON."""
    return json.dumps(
        (one.subject, one.predicate, one.label, one.examples(_MOST_CLAIMS), len(one.claims))
    )
