"""Claims as their data says them, taken apart into what can differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from lod.history.change import Change
from lod.history.snapshot import Snapshot
from lod.namespaces import local_name, shrink
from lod.patterns import lazy
from lod.rdf.terms import Node, iri_of, text_of
from lod.vocabulary.names import DCTERMS, LOD, OA, PROV, RDF, RDFS, SCHEMA, VOID

_TYPE = f"<{RDF.type}>"
_LABEL = f"<{RDFS.label}>"
_STATEMENT = f"<{LOD.statement}>"
_ANCHOR = f"<{LOD.anchor}>"
_QUOTE = f"<{LOD.quote}>"
_WORDING = f"<{LOD.wording}>"
_ABOUT = f"<{SCHEMA.about}>"
_REPORTED_IN = f"<{LOD.reportedIn}>"
_SUBJECT, _PROPERTY = f"<{LOD.subject}>", f"<{LOD.property}>"
_VALUES = (f"<{LOD.value}>", f"<{LOD.literal}>")
_DURING = f"<{LOD.during}>"
_SOURCE = f"<{OA.hasSource}>"
_SELECTOR = f"<{OA.hasSelector}>"
_TEXT_OF = f"<{SCHEMA.encodesCreativeWork}>"
#: What says who says it, and for which time: the names of these parts.
_WHO = {
    f"<{PROV.wasAttributedTo}>": "by",
    f"<{LOD.through}>": "through",
    f"<{LOD.speakers}>": "speakers",
}
_WHEN = {_DURING: "during", f"<{LOD.saidOn}>": "saidOn"}
_STALE_AFTER = f"<{LOD.staleAfter}>"
#: What follows from the rest: it differs where lod has come to say more, or somebody edited data.
_DERIVED = {
    _TYPE,
    _STATEMENT,
    f"<{PROV.wasDerivedFrom}>",
    f"<{PROV.wasQuotedFrom}>",
    f"<{VOID.inDataset}>",
    f"<{LOD.amountOf}>",
}
#: What has a page of its own beside the claims, by the beginning of its IRI below the base.
_TOP = {"document": "document", "entity": "entity", "text": "text", "reported": "graph"}
#: Predicates that lead from an entity to those that make it about their items.
THROUGH = tuple(f"<{iri}>" for iri in (SCHEMA.member, SCHEMA.about, DCTERMS.isPartOf))

_TOKEN = lazy(r'<([^>]*)>|"(?:[^"\\]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^>]*>)?')


class Told(Struct):
    """One statement of a publication, with all claims of its lists.

    Attributes:
        id: its id.
        iri: its IRI.
        sentences: IRI of each claim to its sentence.
        parts: name and kind of each part to what it says, and which of the claims say that.
        uses: tokens of the entities that it names.
        direct: its triples in graphs of what is reported: the graph and the triple.
    """

    id: str
    iri: str
    sentences: dict[str, str] = field(default_factory=dict)
    parts: dict[tuple[str, Change], dict[str, set[str]]] = field(default_factory=dict)
    uses: set[str] = field(default_factory=set)
    direct: set[tuple[str, str]] = field(default_factory=set)

    def note(self, name: str, change: Change, said: str, which: str) -> None:
        """Note what a part says, and in which claim of a list; the same twice counts once."""
        self.parts.setdefault((name, change), {}).setdefault(said, set()).add(which)

    def part(self, key: tuple[str, Change]) -> list[str]:
        """What a part says; what not all claims of a list say has its number."""
        out = []
        for said, which in self.parts.get(key, {}).items():
            is_shared = len(which) == len(self.sentences) or which == {""}
            out += [said] if is_shared else [f"{one}: {said}" for one in sorted(which)]
        return out


class Claims:
    """The statements of one snapshot.

    Args:
        snapshot: the data.

    Attributes:
        told: the statements by their ids, in the order of the text.
        seen: the subjects that say what these are.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._base = snapshot.base
        self._nodes = snapshot.nodes
        self.told: dict[str, Told] = {}
        self.seen: set[str] = set()
        for subject, node in self._nodes.items():
            if _STATEMENT in node:
                self._add(subject, node)

    def relative(self, token: str) -> str:
        """A token without the base: the same under any base is the same."""
        return relative(token, self._base)

    def _add(self, subject: str, node: Node) -> None:
        statement = node[_STATEMENT][0]
        self.seen.update((subject, statement))
        id_ = iri_of(statement).removeprefix(f"{self._base}claim/")
        told = self.told.setdefault(id_, Told(id_, iri_of(statement)))
        which = "" if subject == statement else local_name(iri_of(subject))
        told.sentences[iri_of(subject)] = "; ".join(map(text_of, node.get(_LABEL, ())))
        for predicate, objects in node.items():
            if predicate != _LABEL:
                for token in objects:
                    self._part(told, f"{statement[:-1]}/", which, predicate, token)
        if subject != statement:  # what the claims of a list share
            for predicate, objects in self._nodes.get(statement, {}).items():
                for token in objects:
                    self._derived(told, "", predicate, token, "statement ")
        for graph in node.get(_REPORTED_IN, ()):
            triples = (
                f"{s} {p} {o}"
                for s in node.get(_SUBJECT, ())
                for p in node.get(_PROPERTY, ())
                for values in _VALUES
                for o in node.get(values, ())
            )
            told.direct.update((iri_of(graph), triple) for triple in triples)

    def _part(self, told: Told, own: str, which: str, predicate: str, token: str) -> None:
        """Note one thing that a claim says."""
        if token.startswith(f"<{self._base}entity/"):
            told.uses.add(token)
        if predicate in _DERIVED:
            self._derived(told, which, predicate, token)
        elif predicate == _ANCHOR:
            number = token[len(own) : -1].removeprefix("anchor/")
            where = self._anchor(told, which, token)
            told.note("anchor", Change.RE_ANCHORED, f"{number}: {where}", which)
        elif predicate == _QUOTE:
            told.note("quote", Change.REWORDED, token, which)
        elif predicate == _STALE_AFTER:  # says when to look, not what holds
            told.note("staleAfter", Change.REWORDED, text_of(token), which)
        elif predicate == _ABOUT:
            told.note("items", Change.RELINKED, token, which)
        elif predicate == _REPORTED_IN:
            # The name of the graph is made of speakers and date, which are parts of their own.
            told.note("holds", Change.VALUE_CHANGED, "as it stands", which)
        else:
            said = self._said(told, which, token, own)
            if predicate in _WHO:
                told.note(_WHO[predicate], Change.RE_ATTRIBUTED, said, which)
            elif predicate in _WHEN:
                told.note(_WHEN[predicate], Change.RE_DATED, said, which)
            else:
                name = local_name(iri_of(predicate))
                told.note(name, Change.VALUE_CHANGED, said, which)

    def _derived(self, told: Told, which: str, predicate: str, token: str, node: str = "") -> None:
        said = f"{node}{local_name(iri_of(predicate))} {self.relative(token)}"
        told.note("derived", Change.REWORDED, said, which)

    def _said(
        self, told: Told, which: str, token: str, own: str, above: tuple[str, ...] = ()
    ) -> str:
        """A term; of a node of the claim's own all that is said of it, but for the wording."""
        node = self._nodes.get(token)
        if node is None or token in above or not token.startswith(own) or _STATEMENT in node:
            return self.relative(token)
        self.seen.add(token)
        said = []
        for predicate, objects in sorted(node.items()):
            if predicate == _WORDING:
                for wording in objects:
                    told.note("wording", Change.REWORDED, wording, which)
            elif predicate == _TYPE:
                said += sorted(objects)
            # The time of the claim is a part of its own.
            elif predicate in _DERIVED or objects == [f"{own}period>"]:
                for one in objects:
                    self._derived(told, which, predicate, one, f"{self.relative(token)} ")
            else:
                name = local_name(iri_of(predicate))
                inner = (self._said(told, which, one, own, (*above, token)) for one in objects)
                said += [f"{name} {one}" for one in sorted(inner)]
        return ", ".join(said)

    def _anchor(self, told: Told, which: str, token: str) -> str:
        """Where words stand, and the words there and around them."""
        said: list[str] = []
        waiting = [token]
        while waiting:
            current = waiting.pop()
            self.seen.add(current)
            for predicate, objects in sorted(self._nodes.get(current, {}).items()):
                if predicate == _SELECTOR:
                    waiting += sorted(objects)
                elif predicate == _SOURCE:
                    # The name of a text is made of its words: another text is not another place.
                    of = (w for o in objects for w in self._nodes.get(o, {}).get(_TEXT_OF, ()))
                    said += [f"text of {self.relative(work)}" for work in of]
                elif predicate in _DERIVED:
                    for one in objects:
                        self._derived(told, which, predicate, one, f"{self.relative(current)} ")
                else:
                    name = local_name(iri_of(predicate))
                    said += [f"{name} {self.relative(one)}" for one in objects]
        return ", ".join(said)


def relative(token: str, base: str) -> str:
    """A token without the base.

    >>> relative("<https://example.org/p/claim/a>", "https://example.org/p/")
    '<claim/a>'
    """
    return f"<{token[len(base) + 1 :]}" if token.startswith(f"<{base}") else token


def in_short(said: str, names: dict[str, str]) -> str:
    """What a part says, for people.

    Args:
        said: with terms as tokens.
        names: token of an entity, without the base, to its name.

    >>> in_short('comparator <https://w3id.org/lod-facts/ns#moreThan>, number "28"', {})
    'comparator lod:moreThan, number 28'
    """

    def word(token: str, iri: str | None) -> str:
        if iri is None:
            return text_of(token)
        return names.get(token) or shrink(iri)

    return _TOKEN.sub(lambda match: word(match[0], match[1]), said)


#: What it is, its id, its label.
Named = tuple[str, str, str | None]


def named(snapshot: Snapshot) -> dict[str, Named]:
    """The claims, entities, texts and graphs of a publication, by their IRIs."""
    found: dict[str, Named] = {}
    for told in Claims(snapshot).told.values():
        for iri, sentence in told.sentences.items():
            found[iri] = ("claim", told.id, sentence)
        # What the claims of a list share has the name that a single claim would have.
        found.setdefault(told.iri, ("claim", told.id, "; ".join(told.sentences.values())))
    for subject, node in snapshot.nodes.items():
        first, slash, rest = relative(subject, snapshot.base)[1:-1].partition("/")
        if slash and first in _TOP:
            labels = node.get(_LABEL)
            found[subject[1:-1]] = (_TOP[first], rest, text_of(labels[0]) if labels else None)
    return found


def changed_parts(
    before: Told, after: Told
) -> Iterator[tuple[str, Change, Iterable[str], Iterable[str]]]:
    """The parts of a statement that differ: name, kind, and what is said on one side alone."""
    for key in dict.fromkeys((*before.parts, *after.parts)):
        old, new = (dict.fromkeys(told.part(key)) for told in (before, after))
        if old.keys() != new.keys():
            yield *key, [o for o in old if o not in new], [n for n in new if n not in old]
