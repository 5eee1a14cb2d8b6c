"""How the data of a publication, or of a site, is described in words and in names of other tables.

The tables are those of the EU Publications Office and, for licences, of SPDX.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter, defaultdict
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from lod.pages.texts import preferred, short
from lod.site.files import PublicationSummary
from lod.site.summaries import Summaries

if TYPE_CHECKING:
    from lod.pages.interface import Words
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


class Overview(Struct, frozen=True):
    """What all publications of a site have together.

    Attributes:
        publications: how many there are.
        counts: the sum of their counts, and of their releases.
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


def overview(summaries: Summaries) -> Overview | None:
    """What the publications of a site have together; None where there are none."""
    total = _Sums()
    for portion in summaries.made("sums", _sums):
        for name, counted in json.loads(portion).items():
            total[name].update(counted)
    first = next(iter(summaries), None)
    if first is None:
        return None
    name, iri = json.loads(total["publishers"].most_common(1)[0][0])
    return Overview(
        total["publishers"].total(),
        dict(total["counts"]),
        dict(sorted(total["classes"].items())),
        dict(sorted(total["properties"].items())),
        (name, iri),
        first.license if len(total["licenses"]) == 1 else None,
        tuple(sorted(total["languages"])),
        max(total["days"], default=None),
        first,
    )


#: What is counted to what there is of it.
_Sums = partial(defaultdict[str, Counter[str]], Counter)


def _sums(summaries: list[PublicationSummary]) -> bytes:
    """What some publications have together, as JSON."""
    found = _Sums()
    for one in summaries:
        found["counts"].update(one.counts, releases=len(one.releases))
        found["classes"].update(one.classes)
        found["properties"].update(one.properties)
        found["publishers"][json.dumps(one.publisher)] += 1
        found["licenses"][one.license] += 1
        found["languages"][one.language] += 1
        if day := last_change(one):
            found["days"] = Counter([max((day, *found["days"]))])
    return json.dumps(found).encode()


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


_AUTHORITY = "http://publications.europa.eu/resource/authority/"
_IANA = "http://www.iana.org/assignments/media-types/"

PUBLIC = f"{_AUTHORITY}access-right/PUBLIC"
IRREGULAR = f"{_AUTHORITY}frequency/IRREG"
STABLE = f"{_AUTHORITY}planned-availability/STABLE"


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return tomllib.loads((Path(__file__).with_name("authorities.toml")).read_text("utf-8"))


def _licence(iri: str) -> list[str] | None:
    found: list[str] | None = _tables()["licences"].get(iri.partition("://")[2].rstrip("/"))
    return found


def licence_iri(iri: str) -> str:
    """The licence in the table of licences; one that is not in it as it is.

    >>> licence_iri("https://creativecommons.org/publicdomain/zero/1.0/")
    'http://publications.europa.eu/resource/authority/licence/CC0'
    >>> licence_iri("https://example.org/ours")
    'https://example.org/ours'
    """
    found = _licence(iri)
    return iri if found is None else f"{_AUTHORITY}licence/{found[0]}"


def spdx(iri: str) -> str | None:
    """The name of a licence at SPDX, or None.

    >>> spdx("http://creativecommons.org/licenses/by/4.0")
    'CC-BY-4.0'
    """
    found = _licence(iri)
    return None if found is None else found[1]


def language_iri(tag: str) -> str | None:
    """The language of a tag in the table of languages, or None for one that is not in it.

    >>> language_iri("de-AT")
    'http://publications.europa.eu/resource/authority/language/DEU'
    """
    name = _tables()["languages"].get(tag.lower().partition("-")[0])
    return None if name is None else f"{_AUTHORITY}language/{name}"


def file_type_iri(code: str) -> str:
    """An entry of the table of file types."""
    return f"{_AUTHORITY}file-type/{code}"


def media_type_iri(name: str) -> str:
    """The IRI of a media type.

    >>> media_type_iri("text/turtle")
    'http://www.iana.org/assignments/media-types/text/turtle'
    """
    return _IANA + name


def filled(members: dict[str, Any]) -> dict[str, Any]:
    """The members of a JSON object that say something."""
    return {key: value for key, value in members.items() if value not in (None, "", [])}
