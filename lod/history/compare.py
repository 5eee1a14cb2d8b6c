"""Compares two states of a publication, claim by claim and not triple by triple."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from lod.history.change import ORDER, Change, Difference, Entry, Part, Version
from lod.history.claims import (
    THROUGH,
    Claims,
    Told,
    changed_parts,
    in_short,
    relative,
)
from lod.history.snapshot import Snapshot
from lod.namespaces import local_name
from lod.rdf.terms import Node, iri_of, text_of
from lod.vocabulary.names import (
    DCAT,
    DCTERMS,
    FOAF,
    LOD,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
)


def _kinds(change: Change, *iris: str) -> dict[str, Change]:
    return dict.fromkeys((f"<{iri}>" for iri in iris), change)


_LABEL = f"<{RDFS.label}>"
_TYPE = f"<{RDF.type}>"
_PUBLISHED = f"<{SCHEMA.datePublished}>"
_DATE = f"<{DCTERMS.date}>"
_TEXT_OF = f"<{SCHEMA.encodesCreativeWork}>"
_DOCUMENT = "<document>"
_SOFTWARE_VERSION = f"<{SCHEMA.softwareVersion}>"
#: Of which kind a difference in something is; of what is not named here it is another value.
_OF_ENTITY = {
    **_kinds(Change.RELINKED, OWL.sameAs, SKOS.closeMatch),
    **_kinds(Change.REWORDED, RDFS.label, SKOS.altLabel, SCHEMA.description, LOD.unlinkedReason),
}
_OF_DOCUMENT = {
    **_kinds(Change.RE_DATED, SCHEMA.datePublished),
    **_kinds(Change.RE_ATTRIBUTED, SCHEMA.author, LOD.anonymous, SCHEMA.isPartOf),
    **_kinds(Change.RELINKED, SCHEMA.url, PROV.wasDerivedFrom),
    **_kinds(Change.REWORDED, SCHEMA.headline, RDFS.label, LOD.dateSource, SCHEMA.sha256),
}
_OF_PUBLICATION = {
    **_kinds(
        Change.RE_ATTRIBUTED,
        DCTERMS.publisher,
        DCTERMS.creator,
        RDFS.label,
        FOAF.homepage,
        FOAF.page,
    ),
    **_kinds(Change.REWORDED, DCTERMS.title, DCTERMS.description, DCAT.keyword),
}
#: What a claim's sentence tells.
_IN_SENTENCES = (Change.VALUE_CHANGED, Change.RE_ATTRIBUTED, Change.RE_DATED)
#: What says which version a publication is, and does not change what it says.
_OF_VERSION = {f"<{SCHEMA.version}>", f"<{DCTERMS.modified}>"}


def compare(before: Snapshot, after: Snapshot) -> Difference:
    """What differs between two states of a publication.

    Every quad counts: what no claim, entity or other thing accounts for has an entry of its own.

    Args:
        before: the older state.
        after: the newer one.

    Raises:
        FormatError: there is not one publication in one of the two.
    """
    return _Comparison(before, after).run()


def version_of(snapshot: Snapshot) -> Version:
    """Which state a snapshot is."""
    return Version(snapshot.name, snapshot.base, snapshot.version, snapshot.modified)


class _Rest(Struct):
    """What is no claim of one snapshot: its subjects, by what they belong to."""

    entities: dict[str, Node] = field(default_factory=dict)
    document: dict[str, Node] = field(default_factory=dict)
    publication: dict[str, Node] = field(default_factory=dict)
    graphs: dict[str, Node] = field(default_factory=dict)
    others: dict[str, Node] = field(default_factory=dict)
    software: tuple[str, ...] = ()


class _Comparison:
    """The comparison of two snapshots.

    Args:
        before: the older one.
        after: the newer one.
    """

    def __init__(self, before: Snapshot, after: Snapshot) -> None:
        self._sides = (before, after)
        self._claims = (Claims(before), Claims(after))
        self._rests = (_rest(before, self._claims[0]), _rest(after, self._claims[1]))
        self._names = tuple(
            {token: label for token, node in rest.entities.items() if (label := _name(node))}
            for rest in self._rests
        )
        self._notes: list[str] = []

    def run(self) -> Difference:
        """The difference."""
        before, after = self._sides
        difference = Difference(version_of(before), version_of(after), notes=self._notes)
        entities = list(self._entities())
        claims = list(self._all_claims())
        claims, entities = self._by_cause(claims, entities)
        difference.entries.extend((*claims, *entities, *self._whole(), *self._graphs()))
        old, new = (rest.software for rest in self._rests)
        if old != new:
            self._notes.append(f"written by lod {', '.join(old)} and by lod {', '.join(new)}")
        return difference

    # Claims

    def _all_claims(self) -> Iterator[Entry]:
        """The claims that differ: as they stand now, then those that are there no more."""
        old, new = (claims.told for claims in self._claims)
        for id_, told in new.items():
            if id_ not in old:
                after = tuple(told.sentences.values())
                yield Entry("claim", id_, told.iri, (Change.ADDED,), after=after)
            elif entry := self._claim(old[id_], told):
                yield entry
        for id_, told in old.items():
            if id_ not in new:
                before = tuple(told.sentences.values())
                yield Entry("claim", id_, told.iri, (Change.WITHDRAWN,), before=before)

    def _claim(self, old: Told, new: Told) -> Entry | None:
        parts = [
            self._part(name, change, lost, won)
            for name, change, lost, won in changed_parts(old, new)
        ]
        if any(part.name == "quote" for part in parts):
            # Other words stand at another place by themselves.
            parts = [part for part in parts if part.change is not Change.RE_ANCHORED]
        sentences = [
            {relative(f"<{iri}>", claims.base): said for iri, said in told.sentences.items()}
            for told, claims in zip((old, new), self._sides, strict=True)
        ]
        before, after = (
            tuple(said for iri, said in one.items() if other.get(iri) != said)
            for one, other in (sentences, sentences[::-1])
        )
        # Another value makes another sentence by itself.
        if (before or after) and not any(part.change in _IN_SENTENCES for part in parts):
            parts.append(Part("sentence", Change.REWORDED, before, after))
        if not parts:
            return None
        if not (before or after):  # what differs is not in the sentences
            before, after = (tuple(one.values()) for one in sentences)
        return Entry(
            "claim", new.id, new.iri, _in_order(parts), before, after, tuple(_by_weight(parts))
        )

    def _part(self, name: str, change: Change, old: Iterable[str], new: Iterable[str]) -> Part:
        before, after = (
            tuple(in_short(one, names) for one in said)
            for said, names in zip((old, new), self._names, strict=True)
        )
        return Part(name, change, before, after)

    # Entities

    def _entities(self) -> Iterator[Entry]:
        old, new = (rest.entities for rest in self._rests)
        for token in dict.fromkeys((*new, *old)):
            base = self._sides[token in new].base
            id_, iri = token[1:-1].removeprefix("entity/"), base + token[1:-1]
            before, after = ((names[token],) if token in names else () for names in self._names)
            if token not in old or token not in new:
                change = Change.ADDED if token in new else Change.WITHDRAWN
                yield Entry("entity", id_, iri, (change,), before, after)
            elif parts := self._differing(old[token], new[token], _OF_ENTITY):
                yield Entry("entity", id_, iri, _in_order(parts), before, after, tuple(parts))

    def _by_cause(
        self, claims: list[Entry], entities: list[Entry]
    ) -> tuple[list[Entry], list[Entry]]:
        """Claims that differ by nothing but an entity's name or items are told of the entity."""
        causes = {
            f"<entity/{entry.id}>": {part.name for part in entry.parts}
            for entry in entities
            if entry.parts
        }
        if not causes:
            return claims, entities
        told: dict[str, list[str]] = {token: [] for token in causes}
        kept = []
        for entry in claims:
            names = {part.name for part in entry.parts}
            found = (
                {one for one in self._uses(entry.id) if one in causes}
                if names and names <= {"sentence", "items"}
                else set()
            )
            for token in found:
                told[token].append(entry.id)
            if not found:
                kept.append(entry)
        return kept, [
            Entry(
                entry.what,
                entry.id,
                entry.iri,
                entry.changes,
                entry.before,
                entry.after,
                entry.parts,
                tuple(told.get(f"<entity/{entry.id}>", ())),
            )
            for entry in entities
        ]

    def _uses(self, id_: str) -> set[str]:
        """The entities that a claim names, and those that these are made of, without the base."""
        found: set[str] = set()
        for claims, snapshot in zip(self._claims, self._sides, strict=True):
            told = claims.told.get(id_)
            waiting = [] if told is None else list(told.uses)
            while waiting:
                token = waiting.pop()
                short = relative(token, snapshot.base)
                if short not in found:
                    found.add(short)
                    node = snapshot.nodes.get(token, {})
                    waiting += [one for by in THROUGH for one in node.get(by, ())]
        return found

    # The rest

    def _whole(self) -> Iterator[Entry]:
        """The document, the publication, and what belongs to nothing known."""
        old, new = self._rests
        before, after = self._sides
        document = self._differing_all(old.document, new.document, _OF_DOCUMENT)
        if document:
            iri = f"{after.base}document"
            yield Entry("document", "document", iri, _in_order(document), parts=tuple(document))
        publication = self._differing_all(old.publication, new.publication, _OF_PUBLICATION)
        if before.base != after.base:
            publication.append(Part("base", Change.VALUE_CHANGED, (before.base,), (after.base,)))
        if publication:
            iri = f"{after.base}dataset"
            parts = tuple(_by_weight(publication))
            yield Entry("publication", "dataset", iri, _in_order(publication), parts=parts)
        for token in dict.fromkeys((*new.others, *old.others)):
            parts = tuple(self._differing(old.others.get(token, {}), new.others.get(token, {}), {}))
            if parts:
                iri = iri_of(token)
                iri = iri if ":" in iri else after.base + iri
                yield Entry("other", iri_of(token), iri, _in_order(parts), parts=parts)

    def _graphs(self) -> Iterator[Entry]:
        """What is in named graphs, or said of them, and follows from no claim."""
        old, new = self._rests
        old_date, new_date = (r.document.get(_DOCUMENT, {}).get(_PUBLISHED) for r in (old, new))
        for token, node in new.graphs.items():
            there = old.graphs.get(token)
            if there is None:
                continue  # it came with its first claim
            parts = [
                part
                for part in self._differing(there, node, {})
                if not (old_date != new_date and part.name == local_name(iri_of(_DATE)))
            ]
            if parts:
                iri = self._sides[1].base + iri_of(token)
                yield Entry("graph", iri_of(token), iri, _in_order(parts), parts=tuple(parts))
        if any(side.graphs is None for side in self._sides):
            files = " and ".join(side.name for side in self._sides if side.graphs is None)
            self._notes.append(f"the graphs of what is reported: {files} holds none")
            return
        strange = [
            self._strange(side, claims)
            for side, claims in zip(self._sides, self._claims, strict=True)
        ]
        for token in dict.fromkeys((*strange[1], *strange[0])):
            before, after = (one.get(token, {}) for one in strange)
            if before.keys() != after.keys():
                part = self._part(
                    "triples",
                    Change.VALUE_CHANGED,
                    [one for one in before if one not in after],
                    [one for one in after if one not in before],
                )
                iri = iri_of(token)
                iri = iri if ":" in iri else self._sides[1].base + iri
                yield Entry("graph", iri_of(token), iri, (Change.VALUE_CHANGED,), parts=(part,))

    def _strange(self, side: Snapshot, claims: Claims) -> dict[str, dict[str, None]]:
        """By graph, the triples that follow from no claim, and those that would and are missing."""
        expected = {pair for told in claims.told.values() for pair in told.direct}
        found = {
            (graph, line)
            for graph, text in (side.graphs or {}).items()
            for line in text.split(" .\n")[:-1]
        }
        strange: dict[str, dict[str, None]] = {}
        for pairs, word in ((found - expected, ""), (expected - found, "missing: ")):
            for graph, line in sorted(pairs):
                terms = (relative(one, side.base) for one in line.split(" ", 2))
                said = word + " ".join(terms)
                strange.setdefault(relative(f"<{graph}>", side.base), {}).setdefault(said)
        return strange

    def _differing_all(
        self, old: Mapping[str, Node], new: Mapping[str, Node], kinds: Mapping[str, Change]
    ) -> list[Part]:
        """What differs in several subjects that belong together, the weightiest first."""
        tokens = dict.fromkeys((*old, *new))
        return _by_weight(
            part for t in tokens for part in self._differing(old.get(t, {}), new.get(t, {}), kinds)
        )

    def _differing(self, old: Node, new: Node, kinds: Mapping[str, Change]) -> list[Part]:
        """The predicates whose objects differ, the weightiest first."""
        parts = []
        for predicate in dict.fromkeys((*old, *new)):
            before, after = (dict.fromkeys(node.get(predicate, ())) for node in (old, new))
            if before.keys() != after.keys() and predicate not in _OF_VERSION:
                change = kinds.get(predicate, Change.VALUE_CHANGED)
                lost = [one for one in before if one not in after]
                won = [one for one in after if one not in before]
                parts.append(self._part(local_name(iri_of(predicate)), change, lost, won))
        return _by_weight(parts)


def _in_order(parts: Iterable[Part]) -> tuple[Change, ...]:
    """The kinds of all parts, the weightiest first."""
    return tuple(sorted({part.change for part in parts}, key=ORDER.__getitem__))


def _by_weight(parts: Iterable[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: ORDER[part.change])


def _name(node: Node) -> str | None:
    labels = node.get(_LABEL)
    return text_of(labels[0]) if labels else None


def _rest(snapshot: Snapshot, claims: Claims) -> _Rest:
    """What is no claim, by what it belongs to; tokens without the base."""
    rest = _Rest()
    base = snapshot.base
    # The name of a text is made of its words, which are told by their hash: here it has that of
    # the version of the document that it is.
    texts = {
        relative(subject, base): f"<text of {relative(of, base).strip('<>')}>"
        for subject, said in snapshot.nodes.items()
        for of in said.get(_TEXT_OF, ())
    }
    for subject, said in snapshot.nodes.items():
        if subject in claims.seen:
            continue
        short = relative(subject, base)
        node = {
            predicate: [relative(one, base) for one in objects]
            for predicate, objects in said.items()
        }
        if short.startswith("<entity/"):
            rest.entities[short] = node
        elif short == _DOCUMENT or short.startswith("<document/"):
            rest.document[short] = node
        elif short.startswith("<text/"):
            rest.document[texts.get(short, short)] = node
        elif short == "<dataset>" or short.startswith(("<publisher>", "<creator/")):
            rest.publication[short] = node
        elif short.startswith(("<reported/", "<speakers/")):
            rest.graphs[short] = node
        elif _SOFTWARE_VERSION in node:
            rest.software = tuple(map(text_of, node.pop(_SOFTWARE_VERSION)))
            rest.others[short] = node
        elif short == "<build>":
            rest.others[short] = {p: [texts.get(one, one) for one in o] for p, o in node.items()}
        else:
            rest.others[short] = node
    return rest
