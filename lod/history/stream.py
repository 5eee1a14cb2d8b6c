"""Releases as an event stream: every version of every claim, for who keeps a copy up to date.

Source: Linked Data Event Streams 1.0 and TREE; what happened to a claim is said by the types of
Activity Streams 2.0. Pages are only ever added: a release is a page, and never changes.
"""

from __future__ import annotations

from collections.abc import Iterator

from lod.history.claims import Claims
from lod.history.releases import Release
from lod.history.snapshot import Snapshot
from lod.history.story import Story
from lod.rdf.dataset import Dataset
from lod.rdf.terms import TRUE, XSD, literal
from lod.vocabulary.names import DCTERMS, RDF

_LDES, _TREE, _AS = (
    "https://w3id.org/ldes#",
    "https://w3id.org/tree#",
    "https://www.w3.org/ns/activitystreams#",
)
#: A release is a transaction: its last member says that it is whole.
_STATUS, _WHOLE = "https://schema.org/creativeWorkStatus", '"whole"'
_PREFIXES = {"ldes": _LDES, "tree": _TREE, "as": _AS}
#: The files of the stream below the base: the one to begin with, and the folder of the pages.
ROOT, FOLDER = "stream.ttl", "stream/"


def root_page(story: Story, base: str) -> Dataset:
    """The page to begin with: what the stream is, and where its pages are.

    Args:
        story: of the publication.
        base: under which the publication names its things, and where its site stands.
    """
    stream, here = f"<{base}stream>", f"<{base}{ROOT}>"
    lines = [
        f"{stream} <{RDF.type}> <{_LDES}EventStream> .\n",
        f"{stream} <{_LDES}timestampPath> <{DCTERMS.issued}> .\n",
        f"{stream} <{_LDES}versionOfPath> <{DCTERMS.isVersionOf}> .\n",
        f"{stream} <{_LDES}versionCreateObject> <{_AS}Create> .\n",
        f"{stream} <{_LDES}versionUpdateObject> <{_AS}Update> .\n",
        f"{stream} <{_LDES}versionDeleteObject> <{_AS}Delete> .\n",
        f"{stream} <{_LDES}transactionPath> <{DCTERMS.isPartOf}> .\n",
        f"{stream} <{_LDES}transactionFinalizedPath> <{_STATUS}> .\n",
        f"{stream} <{_LDES}transactionFinalizedObject> {_WHOLE} .\n",
        f"{stream} <{_TREE}view> {here} .\n",
        f"{here} <{RDF.type}> <{_TREE}Node> .\n",
    ]
    for release in story.releases:
        relation = f"<{base}{ROOT}#{release.version}>"
        lines += [
            f"{here} <{_TREE}relation> {relation} .\n",
            f"{relation} <{RDF.type}> <{_TREE}GreaterThanOrEqualToRelation> .\n",
            f"{relation} <{_TREE}path> <{DCTERMS.issued}> .\n",
            f"{relation} <{_TREE}value> {_moment(release)} .\n",
            f"{relation} <{_TREE}node> <{base}{page_name(release)}> .\n",
        ]
    return Dataset(base, "".join(lines), prefixes=_PREFIXES)


def page_name(release: Release) -> str:
    """The file of a release's page, below the base."""
    return f"{FOLDER}{release.version}.trig"


def pages(story: Story, base: str) -> Iterator[tuple[Release, Dataset]]:
    """The page of each release: each claim that came, changed or went with it, in a graph.

    Args:
        story: of the publication.
        base: as for `root_page`.
    """
    before: set[str] = set()
    for release in story.releases:
        snapshot = release.snapshot()
        told = Claims(snapshot).told
        changed = [id_ for id_, since in release.data["claims"].items() if _is_new(release, since)]
        stream, here = f"<{base}stream>", f"<{base}{page_name(release)}>"
        lines = [f"{here} <{RDF.type}> <{_TREE}Node> .\n", f"{here} <{_LDES}immutable> {TRUE} .\n"]
        graphs: dict[str, str] = {}
        for kind, ids in (
            ("Create", [id_ for id_ in changed if id_ not in before]),
            ("Update", [id_ for id_ in changed if id_ in before]),
            ("Delete", sorted(before - told.keys())),
        ):
            for id_ in ids:
                member = f"{release.iri}claim/{id_}"
                lines.append(f"{stream} <{_TREE}member> <{member}> .\n")
                about = [
                    f"<{member}> <{RDF.type}> <{_AS}{kind}> .\n",
                    f"<{member}> <{DCTERMS.isVersionOf}> <{snapshot.base}claim/{id_}> .\n",
                    f"<{member}> <{DCTERMS.issued}> {_moment(release)} .\n",
                    f"<{member}> <{DCTERMS.isPartOf}> <{release.data['dataset']}> .\n",
                ]
                said = _said(snapshot, id_, member) if kind != "Delete" else ""
                graphs[member] = "".join(about) + said
        if graphs:
            last = next(reversed(graphs))
            graphs[last] += f"<{last}> <{_STATUS}> {_WHOLE} .\n"
        before = set(told)
        yield release, Dataset(base, "".join(lines), graphs, prefixes=_PREFIXES)


def _is_new(release: Release, since: list[str]) -> bool:
    return bool(since) and since[-1] == release.version


def _moment(release: Release) -> str:
    return literal(f"{release.date}T00:00:00Z", datatype=f"{XSD}dateTime")


def _said(snapshot: Snapshot, id_: str, member: str) -> str:
    """What a claim says in a version, named as a thing of that version."""
    old = f"<{snapshot.base}claim/{id_}"
    ends = (">", "/")

    def renamed(token: str) -> str:
        is_own = token.startswith(old) and token[len(old) :].startswith(ends)
        return f"<{member}{token[len(old) :]}" if is_own else token

    return "".join(
        f"{renamed(subject)} {predicate} {renamed(object_)} .\n"
        for subject, node in snapshot.nodes.items()
        if renamed(subject) != subject
        for predicate, objects in node.items()
        for object_ in objects
    )
