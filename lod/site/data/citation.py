"""CITATION.cff: how to cite the data, for GitHub, Zenodo and reference managers (CFF 1.2.0)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lod.dataset.turtle import printable
from lod.site.data.authorities import spdx
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    description,
    makers,
    site_description,
    title,
)
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.files import PublicationSummary
    from lod.site.site import Site


#: A text, a list of texts, or a list of people and organisations; None is left out.
Members = dict[str, "str | list[str] | list[dict[str, str]] | None"]


def publication_citation(summary: PublicationSummary, site: Site) -> bytes:
    """The file for the data of one publication."""
    iri = dataset_iri(summary)
    return _file(
        site,
        {
            "type": "dataset",
            "title": title(summary, site.language),
            "abstract": description(summary, site.templates.words),
            "authors": [_entity(one) for one in makers(summary)],
            "version": summary.version,
            "date-released": summary.modified,
            **_license(summary.license),
            "keywords": list(dict.fromkeys(short(word) for word in summary.keywords if word)),
            "url": iri if iri.startswith("http") else None,
        },
    )


def site_citation(found: Overview, site: Site) -> bytes:
    """The file for all data of a site."""
    return _file(
        site,
        {
            "type": "dataset",
            "title": short(site.title),
            "abstract": site_description(found, site),
            "authors": [_entity(found.publisher)],
            "date-released": found.modified,
            **(_license(found.license) if found.license is not None else {}),
            "url": site.base,
        },
    )


def _file(site: Site, members: Members) -> bytes:
    message = site.templates.words("data.cite_message")
    lines = []
    for key, value in {"cff-version": "1.2.0", "message": message, **members}.items():
        if isinstance(value, str):
            lines.append(f"{key}: {_quoted(value)}")
        elif value:
            lines.append(f"{key}:")
            lines += [line for item in value for line in _item(item)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _item(item: str | dict[str, str]) -> list[str]:
    if isinstance(item, str):
        return [f"  - {_quoted(item)}"]
    members = [f"{key}: {_quoted(value)}" for key, value in item.items()]
    return [f"{'    ' if number else '  - '}{line}" for number, line in enumerate(members)]


def _quoted(text: str) -> str:
    """A double-quoted scalar (YAML 1.2, section 7.3.1): JSON, but for what YAML cannot show."""
    return printable(json.dumps(text, ensure_ascii=False))


def _entity(agent: tuple[str, str | None]) -> dict[str, str]:
    name, iri = agent
    found = {"name": short(name)}
    if iri is not None and "orcid.org/" in iri:
        found["orcid"] = iri
    elif iri is not None and iri.startswith("http"):
        found["website"] = iri
    return found


def _license(iri: str) -> dict[str, str]:
    """A licence that SPDX knows by its name there, another by its address."""
    known = spdx(iri)
    if known is not None:
        return {"license": known}
    return {"license-url": iri} if iri.startswith("http") else {}
