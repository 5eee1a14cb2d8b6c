"""Releases as an event stream: every version of every claim, for who keeps a copy up to date.

Source: Linked Data Event Streams 1.0 and TREE; what happened to a claim is said by the types of
Activity Streams 2.0. Pages are only ever added: a release is a page, and never changes. The
stream of many publications leads to their pages by the days of the releases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice

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
#: So many releases a page of a day leads to.
_MOST = 1000


def root_page(story: Story, base: str) -> Dataset:
    """The page to begin with: what the stream is, and where its pages are.

    Args:
        story: of the publication.
        base: under which the publication names its things, and where its site stands.
    """
    lines = _described(base)
    for release in story.releases:
        lines += _relation(
            f"{base}{ROOT}", release.version, release.date, f"{base}{page_name(release.version)}"
        )
    return Dataset(base, "".join(lines), prefixes=_PREFIXES)


def days(releases: Iterable[tuple[str, str]], base: str) -> Iterator[tuple[str, Dataset]]:
    """The pages of the stream of many publications, the one to begin with at last.

    Args:
        releases: date of each release and the address of its page, the oldest first.
        base: where the site stands.

    Yields:
        The file below the base, and what it says: a page for each day (of a day with very many
        releases several), and `ROOT`.
    """
    root = _described(base)
    for day, those in groupby(releases, key=lambda one: one[0]):
        for number, some in enumerate(_in_parts(those), 1):
            name = day if number == 1 else f"{day}-{number}"
            path = f"{FOLDER}{name}.ttl"
            root += _relation(f"{base}{ROOT}", name, day, f"{base}{path}")
            lines = [f"<{base}{path}> <{RDF.type}> <{_TREE}Node> .\n"]
            for at, (_, page) in enumerate(some, 1):
                lines += _relation(f"{base}{path}", str(at), day, page)
            yield path, Dataset(base, "".join(lines), prefixes=_PREFIXES)
    yield ROOT, Dataset(base, "".join(root), prefixes=_PREFIXES)


def _in_parts(releases: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while part := list(islice(releases, _MOST)):
        yield part


def _described(base: str) -> list[str]:
    """What a stream is, and the page to begin with."""
    stream, here = f"<{base}stream>", f"<{base}{ROOT}>"
    return [
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


def _relation(page: str, name: str, day: str, to: str) -> list[str]:
    """That a page leads to another one, all of whose members were issued on that day or later."""
    relation = f"<{page}#{name}>"
    return [
        f"<{page}> <{_TREE}relation> {relation} .\n",
        f"{relation} <{RDF.type}> <{_TREE}GreaterThanOrEqualToRelation> .\n",
        f"{relation} <{_TREE}path> <{DCTERMS.issued}> .\n",
        f"{relation} <{_TREE}value> {_moment(day)} .\n",
        f"{relation} <{_TREE}node> <{to}> .\n",
    ]


def page_name(version: str) -> str:
    """The file of the page of a version, below the base."""
    return f"{FOLDER}{version}.trig"


def pages(story: Story, base: str, bases: Sequence[str] = ()) -> Iterator[tuple[Release, Dataset]]:
    """The page of each release: each claim that came, changed or went with it, in a graph.

    Args:
        story: of the publication.
        base: as for `root_page`.
        bases: the bases of other streams that have the same members.
    """
    before: set[str] = set()
    for release in story.releases:
        snapshot = release.snapshot()
        told = Claims(snapshot).told
        changed = [id_ for id_, since in release.data["claims"].items() if _is_new(release, since)]
        streams = [f"<{one}stream>" for one in (base, *bases)]
        here = f"<{base}{page_name(release.version)}>"
        lines = [f"{here} <{RDF.type}> <{_TREE}Node> .\n", f"{here} <{_LDES}immutable> {TRUE} .\n"]
        graphs: dict[str, str] = {}
        for kind, ids in (
            ("Create", [id_ for id_ in changed if id_ not in before]),
            ("Update", [id_ for id_ in changed if id_ in before]),
            ("Delete", sorted(before - told.keys())),
        ):
            for id_ in ids:
                member = f"{release.iri}claim/{id_}"
                lines += [f"{stream} <{_TREE}member> <{member}> .\n" for stream in streams]
                about = [
                    f"<{member}> <{RDF.type}> <{_AS}{kind}> .\n",
                    f"<{member}> <{DCTERMS.isVersionOf}> <{snapshot.base}claim/{id_}> .\n",
                    f"<{member}> <{DCTERMS.issued}> {_moment(release.date)} .\n",
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


def _moment(day: str) -> str:
    return literal(f"{day}T00:00:00Z", datatype=f"{XSD}dateTime")


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
