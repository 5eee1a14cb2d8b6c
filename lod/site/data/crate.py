"""RO-Crate 1.1: the data files with what archives want to know of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from lod.formats import format_of_media_type
from lod.site.data.authorities import spdx
from lod.site.data.describe import (
    Overview,
    dataset_iri,
    description,
    last_change,
    makers,
    site_description,
    title,
)
from lod.site.texts import short

if TYPE_CHECKING:
    from lod.site.files import PublicationSummary
    from lod.site.site import Site

#: The file.
NAME = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
Json = dict[str, Any]
#: What stands before, between and after the things of a crate.
_HEAD = f'{{"@context": "{_SPECIFICATION}/context", "@graph": [\n'.encode()
_BETWEEN, _FOOT = b",\n", b"\n]}\n"


def publication_crate(summary: PublicationSummary, site: Site) -> bytes:
    """The crate of the data of one publication: its downloads."""
    files: list[Json] = [
        {
            "@id": _local(download.path.removeprefix(summary.folder)),
            "@type": "File",
            "name": format_of_media_type(download.media_type).label,
            "encodingFormat": [
                download.media_type,
                {"@id": format_of_media_type(download.media_type).iri},
            ],
            "contentSize": str(download.size),
            "sha256": download.sha256,
        }
        for download in summary.downloads
    ]
    agents = _agents((*makers(summary), summary.publisher))
    root: Json = {
        "name": title(summary, site.language),
        "description": description(summary, site.templates.words),
        "datePublished": last_change(summary),
        "dateModified": summary.modified,
        "version": summary.version,
        "identifier": dataset_iri(summary),
        "keywords": ", ".join(short(keyword) for keyword in summary.keywords) or None,
        "inLanguage": summary.language,
        "license": {"@id": summary.license},
        "author": [{"@id": agents[one]["@id"]} for one in makers(summary)],
        "publisher": {"@id": agents[summary.publisher]["@id"]},
        "hasPart": [{"@id": file["@id"]} for file in files],
    }
    formats = [
        {"@id": format_.iri, "@type": "WebPage", "name": format_.label}
        for format_ in (format_of_media_type(one.media_type) for one in summary.downloads)
    ]
    nodes = _nodes(root, [*files, *formats, *agents.values(), _license(summary.license)])
    return _HEAD + _BETWEEN.join(map(_text, nodes)) + _FOOT


def site_crate(
    summaries: Iterable[PublicationSummary], found: Overview, site: Site
) -> Iterator[bytes]:
    """The crate of a site of several publications: a folder for each, with a crate of its own.

    Args:
        summaries: of all publications; read twice.
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
        between = b""
        for summary in summaries:
            yield between + _text({"@id": _local(summary.folder)})
            between = _BETWEEN
        yield b"\n ]\n}"
        yield _BETWEEN
    between = b""
    for summary in summaries:
        yield between + _text(_folder(summary, site))
        between = _BETWEEN
    yield _FOOT


def _folder(summary: PublicationSummary, site: Site) -> Json:
    """What the crate of a site says of one publication."""
    return _filled(
        {
            "@id": _local(summary.folder),
            "@type": "Dataset",
            "name": title(summary, site.language),
            "datePublished": last_change(summary),
            "identifier": dataset_iri(summary),
            "license": {"@id": summary.license},
            "conformsTo": {"@id": _SPECIFICATION},
            "subjectOf": {"@id": _local(summary.folder + NAME)},
        }
    )


def _nodes(root: Json, others: list[Json]) -> list[Json]:
    """The descriptor, the root dataset, and other things; of two with one IRI the last."""
    descriptor: Json = {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": _SPECIFICATION},
        "about": {"@id": "./"},
    }
    whole: Json = _filled({"@id": "./", "@type": "Dataset", **root})
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
        found[agent] = _filled(
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


def _filled(members: Json) -> Json:
    return {key: value for key, value in members.items() if value not in (None, "", [])}
