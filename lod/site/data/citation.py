"""CITATION.cff: how to cite the data, for GitHub, Zenodo and reference managers (CFF 1.2.0)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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


def publication_citation(summary: PublicationSummary, site: Site) -> bytes:
    """The file for the data of one publication."""
    iri = dataset_iri(summary)
    return _file(
        site,
        {
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
            "title": short(site.title),
            "abstract": site_description(found, site),
            "authors": [_entity(found.publisher)],
            "date-released": found.modified,
            **(_license(found.license) if found.license is not None else {}),
            "url": site.base,
        },
    )


def _file(site: Site, members: dict[str, Any]) -> bytes:
    import yaml

    message = site.templates.words("data.cite_message")
    whole = {"cff-version": "1.2.0", "message": message, "type": "dataset", **members}
    filled = {key: value for key, value in whole.items() if value not in (None, "", [])}
    return yaml.safe_dump(filled, sort_keys=False, allow_unicode=True, width=100).encode("utf-8")


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
