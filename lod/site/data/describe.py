"""How the data of a publication, or of a site, is described and cited in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lod.site.files import PublicationSummary
from lod.site.texts import preferred, short

if TYPE_CHECKING:
    from lod.site.interface import Words
    from lod.site.site import Site

#: What search engines for data take as a description, in code points.
SHORTEST, LONGEST = 50, 5000


def title(summary: PublicationSummary, language: str) -> str:
    """The title of the data in a language, on one line."""
    return short(preferred(summary.titles, language), 300)


def description(summary: PublicationSummary, words: Words) -> str:
    """What the data is: the publication's own words, and its counts where these are few.

    Args:
        summary: the publication.
        words: of the interface.

    Returns:
        50 to 5000 code points.
    """
    own = preferred(summary.descriptions, words.language).strip()
    if len(own) < SHORTEST:
        counts = words(
            "data.counts_sentence",
            claims=summary.counts.get("claims", 0),
            entities=summary.counts.get("entities", 0),
            title=short(summary.document_title or title(summary, words.language)),
        )
        own = f"{own} {counts}".strip()
    return own if len(own) <= LONGEST else own[: LONGEST - 1].rstrip() + "…"


def descriptions(summary: PublicationSummary, words: Words) -> dict[str, str]:
    """The same by language tag: what the publication gives, else ours."""
    return dict(summary.descriptions) or {words.language: description(summary, words)}


def makers(summary: PublicationSummary) -> tuple[tuple[str, str | None], ...]:
    """Who made the data: its creators, else its publisher; name and IRI or None."""
    return summary.creators or (summary.publisher,)


def dataset_iri(summary: PublicationSummary) -> str:
    """The IRI of the data of a publication."""
    return f"{summary.base}dataset"


def citation(summary: PublicationSummary, words: Words) -> str:
    """How to cite the data, on one line: makers, year, title, version, publisher, IRI."""
    names = [short(name) for name, _ in makers(summary)]
    year = (summary.modified or summary.published or "")[:4]
    cited = f"{'; '.join(names)} ({year}). " if year else f"{'; '.join(names)}. "
    cited += title(summary, words.language)
    if summary.version is not None:
        cited += f" ({words('data.version')} {short(summary.version)})"
    cited += f" [{words('data.dataset')}]. "
    publisher = short(summary.publisher[0])
    if publisher not in names:
        cited += f"{publisher}. "
    return cited + dataset_iri(summary)


@dataclass(frozen=True, slots=True)
class Overview:
    """What all publications of a site have together.

    Attributes:
        publications: how many there are.
        counts: the sum of their counts.
        classes: IRI of each class in use to the number of its members.
        properties: IRI of each predicate in use to the number of its triples.
        publisher: the one of most publications.
        license: the one that all have, or None.
        languages: of the texts.
        modified: the last date on which one changed, or None.
        first: the first of them.
    """

    publications: int
    counts: dict[str, int]
    classes: dict[str, int]
    properties: dict[str, int]
    publisher: tuple[str, str | None]
    license: str | None
    languages: tuple[str, ...]
    modified: str | None
    first: PublicationSummary


def overview(summaries: Iterable[PublicationSummary]) -> Overview | None:
    """Read the summaries once and keep what they have together; None where there are none."""
    counts: Counter[str] = Counter()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    publishers: Counter[tuple[str, str | None]] = Counter()
    licenses: set[str] = set()
    languages: set[str] = set()
    modified: str | None = None
    first: PublicationSummary | None = None
    publications = 0
    for summary in summaries:
        publications += 1
        first = first or summary
        counts.update(summary.counts)
        classes.update(summary.classes)
        properties.update(summary.properties)
        publishers[summary.publisher] += 1
        licenses.add(summary.license)
        languages.add(summary.language)
        modified = max(filter(None, (modified, last_change(summary))), default=None)
    if first is None:
        return None
    return Overview(
        publications,
        dict(counts),
        dict(sorted(classes.items())),
        dict(sorted(properties.items())),
        publishers.most_common(1)[0][0],
        first.license if len(licenses) == 1 else None,
        tuple(sorted(languages)),
        modified,
        first,
    )


def last_change(summary: PublicationSummary) -> str | None:
    """The xsd:date of the last change of the data, else that of the text, else None."""
    return summary.modified or summary.published


def site_description(found: Overview, site: Site) -> str:
    """What all data of a site is, in one or two sentences."""
    if not site.several:
        return description(found.first, site.templates.words)
    return site.templates.words(
        "data.site_sentence",
        title=short(site.title),
        publications=found.publications,
        claims=found.counts.get("claims", 0),
        entities=found.counts.get("entities", 0),
    )
