"""What archives and reference managers read: CITATION.cff (CFF 1.2.0) and RO-Crate 1.3."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lod.pages.texts import short
from lod.profiles import find_profile
from lod.rdf.turtle import printable
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    description,
    filled,
    last_change,
    makers,
    site_description,
    spdx,
    title,
)

if TYPE_CHECKING:
    from lod.site.files import PublicationSummary
    from lod.site.site import Site
    from lod.site.summaries import Summaries

#: A text, a list of texts, or a list of people and organisations; None is left out.
Members = dict[str, "str | list[str] | list[dict[str, str]] | None"]


def publication_citation(summary: PublicationSummary, site: Site) -> bytes:
    """The file for the data of one publication."""
    iri = dataset_iri(summary)
    return _cff_file(
        site,
        {
            "type": "dataset",
            "title": title(summary, site.language),
            "abstract": description(summary, site.templates.words),
            "authors": [_cff_entity(one) for one in makers(summary)],
            "version": summary.version,
            "date-released": summary.modified,
            **_cff_license(summary.license),
            "keywords": list(dict.fromkeys(short(word) for word in summary.keywords if word)),
            "url": iri if iri.startswith("http") else None,
        },
    )


def site_citation(found: Overview, site: Site) -> bytes:
    """The file for all data of a site."""
    return _cff_file(
        site,
        {
            "type": "dataset",
            "title": short(site.title),
            "abstract": site_description(found, site),
            "authors": [_cff_entity(found.publisher)],
            "date-released": found.modified,
            **(_cff_license(found.license) if found.license is not None else {}),
            "url": site.base,
        },
    )


def _cff_file(site: Site, members: Members) -> bytes:
    message = site.templates.words("data.cite_message")
    lines = []
    for key, value in {"cff-version": "1.2.0", "message": message, **members}.items():
        if isinstance(value, str):
            lines.append(f"{key}: {_quoted(value)}")
        elif value:
            lines.append(f"{key}:")
            lines += [line for item in value for line in _cff_item(item)]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _cff_item(item: str | dict[str, str]) -> list[str]:
    if isinstance(item, str):
        return [f"  - {_quoted(item)}"]
    members = [f"{key}: {_quoted(value)}" for key, value in item.items()]
    return [f"{'    ' if number else '  - '}{line}" for number, line in enumerate(members)]


def _quoted(text: str) -> str:
    """A double-quoted scalar (YAML 1.2, section 7.3.1): JSON, but for what YAML cannot show."""
    return printable(json.dumps(text, ensure_ascii=False))


def _cff_entity(agent: tuple[str, str | None]) -> dict[str, str]:
    name, iri = agent
    found = {"name": short(name)}
    if iri is not None and "orcid.org/" in iri:
        found["orcid"] = iri
    elif iri is not None and iri.startswith("http"):
        found["website"] = iri
    return found


def _cff_license(iri: str) -> dict[str, str]:
    """A licence that SPDX knows by its name there, another by its address."""
    known = spdx(iri)
    if known is not None:
        return {"license": known}
    return {"license-url": iri} if iri.startswith("http") else {}


#: The file.
CRATE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.3"
Json = dict[str, Any]
#: What stands before, between and after the things of a crate.
_HEAD = f'{{"@context": "{_SPECIFICATION}/context", "@graph": [\n'.encode()
_BETWEEN, _FOOT = b",\n", b"\n]}\n"


def publication_crate(summary: PublicationSummary, site: Site) -> bytes:
    """The crate of the data of one publication: its downloads."""
    found = [(download, find_profile(download.profile)) for download in summary.downloads]
    files: list[Json] = [
        {
            "@id": _local(download.path.removeprefix(summary.folder)),
            "@type": "File",
            "name": profile.label,
            "encodingFormat": [download.media_type, {"@id": profile.iri}]
            if profile.iri
            else download.media_type,
            "contentSize": str(download.size),
            "sha256": download.sha256,
        }
        for download, profile in found
    ]
    agents = _agents((*makers(summary), summary.publisher))
    root: Json = {
        "name": title(summary, site.language),
        "description": description(summary, site.templates.words),
        "datePublished": last_change(summary),
        "dateModified": summary.modified,
        "version": summary.version,
        "identifier": dataset_iri(summary),
        "temporalCoverage": summary.covers.get("temporalCoverage"),
        "keywords": ", ".join(short(keyword) for keyword in summary.keywords) or None,
        "inLanguage": summary.language,
        "license": {"@id": summary.license},
        "author": [{"@id": agents[one]["@id"]} for one in makers(summary)],
        "publisher": {"@id": agents[summary.publisher]["@id"]},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    formats = [
        {"@id": profile.iri, "@type": "WebPage", "name": profile.label}
        for profile in {profile.iri: profile for _, profile in found if profile.iri}.values()
    ]
    nodes = _nodes(root, [*files, *formats, *agents.values(), _license(summary.license)])
    return _HEAD + _BETWEEN.join(map(_text, nodes)) + _FOOT


def site_crate(summaries: Summaries, found: Overview, site: Site) -> Iterator[bytes]:
    """The crate of a site of several publications: a folder for each, with a crate of its own.

    Args:
        summaries: of all publications.
        found: what they have together.
        site: the site.

    Yields:
        The file, part by part.
    """
    agents = _agents([found.publisher])
    root: Json = {
        "name": short(site.title),
        "description": site_description(found, site),
        "datePublished": found.modified,
        "license": None if found.license is None else {"@id": found.license},
        "publisher": {"@id": agents[found.publisher]["@id"]},
    }
    licenses = [] if found.license is None else [_license(found.license)]
    nodes = _nodes(root, [*agents.values(), *licenses])
    yield _HEAD
    for node in nodes:
        if node["@id"] != "./":
            yield _text(node) + _BETWEEN
            continue
        # The list of parts is its last member.
        yield _text(node).removesuffix(b"\n}") + b',\n "hasPart": [\n'
        yield from _joined(summaries, "crate parts", lambda one: {"@id": _local(one.folder)})
        yield b"\n ]\n}"
        yield _BETWEEN
    yield from _joined(summaries, "crate folders", lambda one: _folder(one, site))
    yield _FOOT


def _joined(
    summaries: Summaries, name: str, make: Callable[[PublicationSummary], Json]
) -> Iterator[bytes]:
    """A thing for each publication, and what stands between two."""
    between = b""
    for portion in summaries.made(
        name, lambda some: _BETWEEN.join(_text(make(one)) for one in some)
    ):
        yield between + portion
        between = _BETWEEN


def _folder(summary: PublicationSummary, site: Site) -> Json:
    """What the crate of a site says of one publication."""
    return filled(
        {
            "@id": _local(summary.folder),
            "@type": "Dataset",
            "name": title(summary, site.language),
            "datePublished": last_change(summary),
            "identifier": dataset_iri(summary),
            "license": {"@id": summary.license},
            "conformsTo": {"@id": _SPECIFICATION},
            "subjectOf": {"@id": _local(summary.folder + CRATE)},
        }
    )


def _nodes(root: Json, others: list[Json]) -> list[Json]:
    """The descriptor, the root dataset, and other things; of two with one IRI the last."""
    descriptor: Json = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    whole: Json = filled({"@id": "./", "@type": "Dataset", **root})
    return list({one["@id"]: one for one in (descriptor, whole, *others)}.values())


def _text(node: Json) -> bytes:
    return json.dumps(node, ensure_ascii=False, indent=1).encode("utf-8")


def _local(path: str) -> str:
    return quote(path, safe="/._-~")


def _agents(agents: Iterable[tuple[str, str | None]]) -> dict[tuple[str, str | None], Json]:
    found: dict[tuple[str, str | None], Json] = {}
    for number, agent in enumerate(dict.fromkeys(agents), 1):
        name, iri = agent
        person = iri is not None and "orcid.org/" in iri
        found[agent] = filled(
            {
                "@id": iri or f"#agent-{number}",
                "@type": "Person" if person else "Organization",
                "name": short(name),
                "url": iri,
            }
        )
    return found


def _license(iri: str) -> Json:
    return {"@id": iri, "@type": "CreativeWork", "name": spdx(iri) or iri}
