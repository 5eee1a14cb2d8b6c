"""What is known of a publication while its claims are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field

from lod.codes import CODES
from lod.diagnostics import Allow, Allowance, Path, allow_form
from lod.facts.reader import Reader, quoted, suggest
from lod.facts.schema import ALLOWANCE, DOCUMENT
from lod.rdf.iri import slug_problem
from lod.sources.source import Node

if TYPE_CHECKING:
    from lod.facts.text import SourceText
    from lod.facts.versions import VersionContext
    from lod.model.claim import Statement
    from lod.model.entity import Entity
    from lod.vocabulary.vocabulary import Vocabulary


class Context(Struct):
    """The parts of a publication that its claims refer to.

    Attributes:
        reader: reads nodes, collects findings.
        vocabulary: the terms that may be used.
        prefixes: prefix to namespace IRI, the publication's own included.
        text: the text, or None where it could not be read.
        language: language of the text.
        reference: xsd:date against which relative words are resolved, or None.
        entities: by slug.
        claim_ids: every id under `claims:`.
        means: words of the text (case folded) to the slugs that they mean, for all claims.
        author: the speaker of claims that name none.
        allow: what the document overrules for all claims and entities.
        lost_claims: how many claims could not be read, so that what they use is not known.
        lost_quotes: how many quotes could not be found, so that the coverage is not complete.
        version: the name of the version whose text and language these are; "" for the document's
            own text.
        key: the name by which quotes call it: of the document's own text, its language.
        path: where the facts say so.
        versions: what is known with each further version of the text, by its name.
    """

    reader: Reader
    vocabulary: Vocabulary
    prefixes: Mapping[str, str]
    text: SourceText | None
    language: str
    reference: str | None
    entities: dict[str, Entity] = field(default_factory=dict)
    claim_ids: frozenset[str] = frozenset()
    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    author: str = DOCUMENT
    allow: Allow = field(default_factory=dict)
    lost_claims: int = 0
    lost_quotes: int = 0
    version: str = ""
    key: str = ""
    path: Path = (DOCUMENT,)
    versions: dict[str, VersionContext] = field(default_factory=dict)

    @property
    def first_text(self) -> SourceText | None:
        """The text that this one, a further version, is compared with; else None."""
        return None

    @property
    def all_versions(self) -> tuple[Context, ...]:
        """Itself, and what is known with each further version of the text."""
        return (self, *self.versions.values())

    def report(
        self,
        statement: Statement,
        code: str,
        message: str,
        path: Path,
        hint: str | None = None,
        value: tuple[str, ...] = (),
        allow: Allow | None = None,
        found: str | None = None,
    ) -> None:
        """Add a finding about a claim and its quote.

        Args:
            statement: the claim; what it allows is no finding.
            code: a key of `lod.codes.CODES`.
            message: what is there and what was expected.
            path: where in the facts.
            hint: what to do, in place of saying why it is right; "{allow}" stands for how that
                is written.
            value: the value that it is about; read from `path` where it is not given.
            allow: what is overruled, where that is not what the claim allows.
            found: the words of the quote that do not fit, where it is some of them.
        """
        value = value or self.value_at(code, path)
        form = allow_form(code, value)
        self.reader.findings.add(
            code,
            message,
            path=path,
            hint=(hint or "if it is right, say why: {allow}").replace("{allow}", form),
            claim=statement.id,
            quote=statement.anchors[0].exact if statement.anchors else None,
            allow=statement.allow if allow is None else allow,
            value=value,
        )

    def value_at(self, code: str, path: Path) -> tuple[str, ...]:
        """The value that a finding is about, as the facts have it; () where it is about none."""
        return self._written(path) if CODES[code].has_value else ()

    def _written(self, path: Path) -> tuple[str, ...]:
        """The value at a path as it was written; of a mapping, that of its first key."""
        node = self.reader.source.root
        for step in path:
            if type(node) is dict and step in node:
                node = node[str(step)]
            elif type(node) is list and type(step) is int and step < len(node):
                node = node[step]
            else:
                break
        items = node if type(node) is list else [node]
        firsts = [next(iter(item.values()), None) if type(item) is dict else item for item in items]
        return tuple(first for first in firsts if type(first) is str)

    def entity(self, word: str, path: Path) -> str | None:
        """The slug of an entity; an unknown one is a finding with the nearest name.

        Args:
            word: the slug, or a name of the entity by mistake.
            path: where it stands.
        """
        if word in self.entities:
            return word
        hint = self._entity_hint(word)
        self.reader.add("unknown-entity", f"{quoted(word)} is no entity here", path, hint)
        return None

    def _entity_hint(self, word: str) -> str:
        folded = word.casefold()
        for entity in self.entities.values():
            names = (*entity.labels.values(), *entity.also)
            if any(name.casefold() == folded for name in names):
                return f'write its slug, "{entity.slug}"'
        near = suggest(word, self.entities)
        if near:
            return near
        if slug_problem(word) is None:
            return f'add "{word}" under entities:, or write {{text: …}} for plain words'
        return "add it under entities:, or write {text: …} for plain words"

    def entity_list(self, node: Node, path: Path) -> tuple[str, ...]:
        """One slug or a list of them; unknown ones are findings."""
        found = (self.entity(word, at) for word, at in self.reader.texts(node, path, "an entity"))
        return tuple(slug for slug in found if slug is not None)

    def read_means(self, node: Node, path: Path) -> dict[str, tuple[str, ...]]:
        """Read a `means:` mapping of words to an entity or a list of entities."""
        if type(node) is not dict:
            self.reader.wrong_type(node, path, "a mapping of words to entities")
            return {}
        means = {}
        for words, value in node.items():
            if slugs := self.entity_list(value, (*path, words)):
                means[words.casefold()] = slugs
        return means


#: The codes that a document may overrule, for all that is in it.
ALLOW_CODES = tuple(code.name for code in CODES.values() if code.overrulable)
#: The codes that an entity may overrule: of its link, and of how it is named.
ENTITY_CODES = tuple(
    name
    for name in ALLOW_CODES
    if CODES[name].is_of_links
    or name in ("subject-not-in-quote", "entity-not-in-quote", "alias-anaphor")
)
#: The codes that a claim may overrule.
CLAIM_CODES = tuple(name for name in ALLOW_CODES if not CODES[name].is_of_links)


def read_allow(reader: Reader, node: Node, path: Path, codes: tuple[str, ...]) -> Allow:
    """Read an `allow:` mapping: a code to a reason, or to a reason with the value that it is for.

    Args:
        reader: the reader of the file.
        node: the value.
        path: where it stands.
        codes: what can be overruled there.

    Returns:
        What is overruled; what cannot be is a finding.
    """
    if type(node) is not dict:
        reader.wrong_type(node, path, "a mapping of finding codes to reasons")
        return {}
    allowed: dict[str, tuple[Allowance, ...]] = {}
    for code, value in node.items():
        at = (*path, code)
        if code not in codes and not _is_of_rule(code):
            what = "cannot be overruled here" if code in CODES else "is no finding code"
            hint = suggest(code, codes) or f"known: {', '.join(codes)}"
            reader.add_at_key("unknown-option", f"{quoted(code)} {what}", at, hint)
            continue
        several = type(value) is list and bool(value)
        items = enumerate(value) if type(value) is list and several else [(None, value)]
        found = [
            _allowance(reader, code, item, at if index is None else (*at, index))
            for index, item in items
        ]
        allowed[code] = tuple(one for one in found if one is not None)
    return allowed


def _has_value(code: str) -> bool:
    return code in CODES and CODES[code].has_value


def _is_of_rule(code: str) -> bool:
    """Whether it is an overrulable code of rules that another package adds."""
    if code in CODES:
        return False
    from lod.rules import rule_codes

    return code in (known := rule_codes()) and known[code].overrulable


def _allowance(reader: Reader, code: str, node: Node, path: Path) -> Allowance | None:
    if type(node) is not dict:
        reason = reader.text(node, path, "the reason, or {value: …, reason: …}")
        if reason is None:
            return None
        if _has_value(code):
            reader.findings.expect_value(code, path)
        return Allowance(reason, None, path)
    if not _has_value(code):
        reader.wrong_type(node, path, "the reason alone, since it is about no value")
        return None
    data = reader.mapping(node, path, ALLOWANCE, "an allowance")
    if data is None or not data.keys() >= {"value", "reason"}:
        return None
    reason = reader.text(data["reason"], (*path, "reason"), "the reason")
    values = [text for text, _ in reader.texts(data["value"], (*path, "value"), "the value")]
    return Allowance(reason, tuple(values), path) if reason is not None and values else None


def with_document(own: Allow, document: Allow) -> Allow:
    """What is overruled for one claim or entity: on itself, and on the document."""
    if not document:
        return own
    return {code: own.get(code, ()) + document.get(code, ()) for code in {**own, **document}}
