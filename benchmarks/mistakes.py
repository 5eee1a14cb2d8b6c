"""Mistakes seeded into facts files; `mistakes.toml` beside this file says what each operator does.

A mistake is made from the model, so that it says something else for certain, and is written as a
person writes it: what lod reads of the changed words is compared with what was meant.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from benchmarks import times
from lod.diagnostics import Finding, Location, Severity
from lod.diagnostics import Path as Place
from lod.errors import LodError
from lod.facts.load import Loaded, facts_file, load_source
from lod.language.quantities import (
    find_quantities,
    format_change,
    format_quantity,
    parse_change,
    parse_quantity,
    parse_share,
)
from lod.model.claim import Modality, Polarity, Statement
from lod.model.period import Period
from lod.model.quantity import Change, Comparator, Direction, Quantity, Unit
from lod.model.value import EntityValue, PeriodValue, QuantityValue, TextValue
from lod.patterns import lazy
from lod.sources.source import Node, SourceProblem
from lod.sources.yaml_source import read_yaml

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
#: A claim as the file has it.
Data = dict[str, Any]
#: What was found at a claim: code and message.
Found = frozenset[tuple[str, str]]

_WORD = lazy(r"[^\W\d_]{6,}")
_NUMBER = lazy(r"[0-9]+")
_LOWER = {Comparator.MORE_THAN, Comparator.AT_LEAST, Comparator.JUST_OVER}
_UPPER = {Comparator.LESS_THAN, Comparator.AT_MOST, Comparator.ALMOST}
_NOT_YET = frozenset({Modality.PLANNED, Modality.EXPECTED, Modality.POSSIBLE, Modality.OFFERED})


@dataclass(frozen=True, slots=True)
class Mistake:
    """A claim that says something else than its text.

    Attributes:
        operator: a key of `operators` or `beyond` of the table.
        claim: its place among the claims, from 0.
        id: of the claim.
        before: what was changed, as the file had it.
        after: what it says now.
        data: the claim as it stands in the changed file.
    """

    operator: str
    claim: int
    id: str
    before: str
    after: str
    data: Data


@dataclass(slots=True)
class _Source:
    """Data in place of a file; nothing is located in it."""

    file: str
    root: Node
    problems: list[SourceProblem]

    def locate(self, path: Place) -> Location:
        return Location(self.file, 1, 1)

    def locate_key(self, path: Place) -> Location:
        return Location(self.file, 1, 1)

    def comment_after(self, path: Place) -> str | None:
        return None

    def in_flow(self, path: Place) -> bool:
        return False


@dataclass
class Sample:
    """A publication that mistakes are seeded into.

    Attributes:
        path: its folder or file.
        root: the facts as data.
    """

    path: Path
    root: dict[str, Any]

    @classmethod
    def of(cls, path: Path) -> Sample:
        """The publication of a folder, or of a facts file."""
        root = read_yaml(facts_file(path).read_bytes(), str(path)).root
        assert isinstance(root, dict)
        return cls(path, root)

    @property
    def name(self) -> str:
        """How tables call it."""
        return self.path.stem

    @property
    def language(self) -> str:
        """The primary language of the text."""
        return str(self.root["document"]["language"]).partition("-")[0]

    @property
    def claims(self) -> list[Data]:
        """The claims as the file has them."""
        claims: list[Data] = self.root["claims"]
        return claims

    def load(self, claims: Sequence[Data]) -> Loaded:
        """Load it with other claims, as `lod check` does, links left out."""
        folder = facts_file(self.path).parent
        return load_source(_Source(self.name, {**self.root, "claims": list(claims)}, []), folder)

    def findings(self, claims: Sequence[Data]) -> dict[int, Found]:
        """The errors and warnings at each claim that has any, by its place."""
        found: dict[int, set[tuple[str, str]]] = {}
        for finding in self.load(claims).findings:
            at = _claim_of(finding, claims)
            if at is not None and finding.severity is not Severity.INFO:
                found.setdefault(at, set()).add((finding.code, finding.message))
        return {at: frozenset(those) for at, those in found.items()}

    @cached_property
    def clean(self) -> dict[int, Found]:
        """What is found although nothing is wrong."""
        return self.findings(self.claims)

    @cached_property
    def loaded(self) -> Loaded:
        """The publication without claims that have an error: its model can be looked at."""
        claims = self.claims
        loaded = self.load(claims)
        while loaded.facts is None:
            errors = [one for one in loaded.findings if one.severity is Severity.ERROR]
            faulty = {_claim_of(error, claims) for error in errors}
            if None in faulty:
                raise ValueError(f"{self.path} cannot be read: {errors[0].message}")
            claims = [claim for at, claim in enumerate(claims) if at not in faulty]
            loaded = self.load(claims)
        return loaded

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statements of the model by the ids of their claims."""
        assert self.loaded.facts is not None
        return {statement.id: statement for statement in self.loaded.facts.statements}

    def catches(self, mistake: Mistake) -> Found:
        """What is found at the changed claim that was not found before."""
        claims = [*self.claims]
        claims[mistake.claim] = mistake.data
        found = self.findings(claims).get(mistake.claim, frozenset())
        return found - self.clean.get(mistake.claim, frozenset())

    def sentences(self, statement: Statement) -> str:
        """The sentences of a statement's quotes."""
        assert self.loaded.coverage is not None
        return " ".join(
            sentence.text
            for sentence in self.loaded.coverage.sentences
            if any(
                anchor.start < sentence.sentence.end and sentence.sentence.start < anchor.end
                for anchor in statement.anchors
            )
        )

    def names_in_paragraph(self, slug: str, statement: Statement) -> bool:
        """Whether the paragraphs of a statement's quotes name an entity."""
        anchors = statement.anchors
        begin = self.text.rfind("\n", 0, min(anchor.start for anchor in anchors)) + 1
        end = self.text.find("\n", max(anchor.end for anchor in anchors))
        paragraphs = self.text[begin : end if end >= 0 else None].casefold()
        return any(_stands_in(name, paragraphs) for name in self._names.get(slug, ()))

    @property
    def text(self) -> str:
        """The text of the document."""
        assert self.loaded.text is not None
        return self.loaded.text.raw

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        """Slug to the words by which the text calls it, in lower case."""
        assert self.loaded.facts is not None
        names = {
            slug: {name.casefold() for name in (*entity.labels.values(), *entity.also)}
            for slug, entity in self.loaded.facts.entities.items()
        }
        claims_means = (claim.get("means") or {} for claim in self.claims)
        for means in (self.root["document"].get("means") or {}, *claims_means):
            for words, slugs in means.items():
                for slug in [slugs] if isinstance(slugs, str) else slugs:
                    names[slug].add(words.casefold())
        return names

    def others(self, slug: str, sentences: str | None = None) -> list[str]:
        """Other entities of the same type that have nothing to do with one.

        Args:
            slug: the entity.
            sentences: what must not name them.
        """
        assert self.loaded.facts is not None
        entities = self.loaded.facts.entities
        folded = (sentences or "").casefold()
        return [
            other
            for other, entity in entities.items()
            if entity.type == entities[slug].type
            and not self._family(slug) & self._family(other)
            and not any(_stands_in(name, folded) for name in self._names[other])
        ]

    def _family(self, slug: str) -> set[str]:
        """An entity and what it is made of, about, or part of."""
        assert self.loaded.facts is not None
        entity = self.loaded.facts.entities[slug]
        return {slug, *entity.members, *entity.about, *filter(None, (entity.part_of,))}


def _claim_of(finding: Finding, claims: Sequence[Data]) -> int | None:
    """The place of the claim that a finding is about, or None."""
    if len(finding.path) > 1 and finding.path[0] == "claims":
        return int(finding.path[1])
    ids = [claim.get("id") for claim in claims]
    return ids.index(finding.claim) if finding.claim in ids else None


def _stands_in(words: str, text: str) -> bool:
    """Whether whole words stand in a text."""
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


@dataclass
class _Claim:
    """A claim whose mistakes are made.

    Attributes:
        sample: its publication.
        data: as the file has it.
        statement: of the model.
        rng: decides between mistakes.
    """

    sample: Sample
    data: Data
    statement: Statement
    rng: random.Random

    @property
    def language(self) -> str:
        return self.sample.language

    @property
    def quote(self) -> str:
        return " … ".join(anchor.exact for anchor in self.statement.anchors)

    def quantities(self) -> Iterator[tuple[Place, Quantity]]:
        """The quantities, and where the words of each stand."""
        yield from self._values(QuantityValue, "quantity")
        if self.statement.share is not None:
            yield ("share",), self.statement.share.quantity
        compared = self.statement.compared_with
        if compared is not None and compared.value is not None:
            yield ("comparedWith", "value"), compared.value.quantity

    def periods(self) -> Iterator[tuple[Place, Period]]:
        """The periods, and where each stands."""
        yield from self._values(PeriodValue, None)
        if self.statement.during is not None:
            yield ("during",), self.statement.during.period
        compared = self.statement.compared_with
        if compared is not None and compared.period is not None:
            yield ("comparedWith",), compared.period.period

    def texts(self) -> Iterator[tuple[Place, str]]:
        """The values in words, and where each stands."""
        yield from self._values(TextValue, "text")

    def entities(self) -> Iterator[tuple[Place, str]]:
        """The values that are entities, and where each stands."""
        yield from self._values(EntityValue, None)

    def _values(self, kind: type[Any], key: str | None) -> Iterator[tuple[Place, Any]]:
        values: list[tuple[Place, Any, Sequence[Any]]] = [
            (("value",), self.data.get("value"), self.statement.values)
        ]
        if isinstance(self.data.get("value"), list):
            values = [
                (("value", at), node, self.statement.values[at : at + 1])
                for at, node in enumerate(self.data["value"])
            ]
        for name, node in (self.data.get("with") or {}).items():
            found = [
                value for iri, value in self.statement.qualifiers if iri.endswith(f"#{name}")
            ] or [value for iri, value in self.statement.qualifiers if iri.endswith(f"/{name}")]
            if not isinstance(node, list):
                values.append((("with", name), node, found))
        for place, node, those in values:
            if len(those) == 1 and isinstance(those[0], kind):
                value = next(
                    getattr(those[0], name)
                    for name in ("quantity", "period", "text", "slug")
                    if hasattr(those[0], name)
                )
                yield (*place, key) if key and isinstance(node, dict) else place, value

    def at(self, place: Place) -> Any:
        """What stands somewhere in the claim."""
        node: Any = self.data
        for key in place:
            node = node[key]
        return node

    def with_(self, changes: Mapping[Place, Any]) -> Data:
        """The claim with other values at some places; None takes one away."""
        data = deepcopy(self.data)
        for place, value in changes.items():
            node: Any = data
            for key in place[:-1]:
                node = node[key]
            if value is None:
                node.pop(place[-1], None)
            else:
                node[place[-1]] = value
        return data


#: Changes of a claim: what stands at which places now.
Changes = Iterator[dict[Place, Any]]


def _written(claim: _Claim, quantity: Quantity, place: Place) -> str | None:
    """A quantity in words that lod reads as the same; None where there are none."""
    try:
        words = format_quantity(quantity, claim.language)
        read = (parse_share if place == ("share",) else parse_quantity)(words, claim.language)
    except LodError:
        return None
    return words if _same(read, quantity) else None


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities say the same, however their units are called."""

    def bare(quantity: Quantity) -> Quantity:
        unit = quantity.unit
        known = unit is not None and (unit.qudt or unit.currency)
        return replace(
            quantity, unit=Unit("", unit.currency, unit.qudt) if known and unit else unit
        )

    return bare(one) == bare(other)


def _numbers(quantity: Quantity, change: Callable[[Decimal], Decimal]) -> Quantity:
    """A quantity whose one number is changed."""
    return replace(
        quantity,
        value=None if quantity.value is None else change(quantity.value),
        minimum=None if quantity.minimum is None else change(quantity.minimum),
        maximum=None if quantity.maximum is None else change(quantity.maximum),
    )


def _other_number(number: Decimal, rng: random.Random) -> Decimal:
    """A number of which the last digit that counts is another one, or two have changed places."""
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    last = max((at for at, digit in enumerate(digits) if digit), default=0)
    changed = [*digits]
    pairs = [at for at in range(last) if digits[at] != digits[at + 1] and digits[at + 1]]
    if pairs and rng.random() < 0.4:
        at = rng.choice(pairs)
        changed[at], changed[at + 1] = changed[at + 1], changed[at]
    else:
        changed[last] = digits[last] % 9 + 1
    return Decimal((sign, tuple(changed), exponent))


def _with_comparator(quantity: Quantity, comparator: Comparator) -> Quantity:
    number = quantity.said
    return replace(
        quantity,
        comparator=comparator,
        value=None if comparator in _LOWER | _UPPER else number,
        minimum=number if comparator in _LOWER else None,
        maximum=number if comparator in _UPPER else None,
    )


@lru_cache(maxsize=64)
def _unit(name: str, language: str) -> Unit | None:
    return parse_quantity(f"2 {name}", language).unit


def _quantity_operator(
    change: Callable[[_Claim, Quantity], Iterable[Quantity]],
) -> Callable[[_Claim], Changes]:
    """An operator on every quantity of a claim, those of changes too."""

    def operator(claim: _Claim) -> Changes:
        for place, quantity in claim.quantities():
            for other in change(claim, quantity):
                words = _written(claim, other, place)
                if words is not None:
                    yield {place: words}
        changed = claim.statement.change
        if changed is not None and changed.change.amount is not None:
            for other in change(claim, changed.change.amount):
                yield from _changed(claim, replace(changed.change, amount=other))

    return operator


def _changed(claim: _Claim, change: Change) -> Changes:
    words = format_change(change, claim.language)
    try:
        same = parse_change(words, claim.language) == change
    except LodError:
        return
    if same:
        yield {("change",): words}


def _number(claim: _Claim, quantity: Quantity) -> Iterator[Quantity]:
    if quantity.said:
        yield _numbers(quantity, lambda number: _other_number(number, claim.rng))
    elif quantity.minimum and quantity.maximum:
        yield replace(quantity, maximum=quantity.maximum + (quantity.maximum - quantity.minimum))


def _scale(_: _Claim, quantity: Quantity) -> Iterator[Quantity]:
    if quantity.said and not quantity.ordinal and quantity.per is None:
        factor = 1000 if abs(quantity.said) >= 1000 else 10
        yield _numbers(quantity, lambda number: number * factor)
        yield _numbers(quantity, lambda number: number / factor)


def _currency(claim: _Claim, quantity: Quantity) -> Iterator[Quantity]:
    if quantity.unit is not None and (code := quantity.unit.currency):
        for other in TABLE["currencies"].get(code, TABLE["currencies"]["*"]):
            if other != code:
                yield replace(quantity, unit=_unit(other, claim.language))


def _units(claim: _Claim, quantity: Quantity) -> Iterator[Quantity]:
    if quantity.proportion or quantity.ordinal or quantity.per is not None:
        return
    if quantity.unit is not None and quantity.unit.currency:
        return
    table = TABLE["units"].get(claim.language, {})
    known = {
        _unit(name, claim.language): others for name, others in table.items() if name.strip("*")
    }
    others = (
        table.get("", []) if quantity.unit is None else known.get(quantity.unit, table.get("*", []))
    )
    for other in others:
        unit = _unit(other, claim.language)
        if unit != quantity.unit:
            yield replace(quantity, unit=unit)


def _hedge(_: _Claim, quantity: Quantity) -> Iterator[Quantity]:
    if quantity.said is None or quantity.ordinal or quantity.per is not None:
        return
    for other in TABLE["hedges"].get(quantity.comparator.value, ()):
        yield _with_comparator(quantity, Comparator(other))


def _hedges(claim: _Claim) -> Changes:
    yield from _quantity_operator(_hedge)(claim)
    yield from _period_operator(lambda edtf, _: times.other_hedge(edtf))(claim)


def _direction(claim: _Claim) -> Changes:
    if claim.statement.change is None:
        return
    change = claim.statement.change.change
    for other in TABLE["directions"][change.direction.value]:
        yield from _changed(claim, replace(change, direction=Direction(other)))


def _period_operator(
    change: Callable[[str, random.Random], str | None],
) -> Callable[[_Claim], Changes]:
    """An operator on every time of a claim that has a value."""

    def operator(claim: _Claim) -> Changes:
        for place, period in claim.periods():
            other = None if period.edtf is None else change(period.edtf, claim.rng)
            if other is None:
                continue
            node = claim.at(place)
            if not isinstance(node, dict):
                yield {place: other if place[0] != "value" else {"edtf": other}}
                continue
            yield {(*place, "edtf"): other} | {
                (*place, key): None for key in ("words", "date") if key in node
            }
            if "words" in node and "edtf" in node:  # the words are right, the value beside is not
                yield {(*place, "edtf"): other}

    return operator


def _speaker(claim: _Claim) -> Changes:
    by = _list(claim.data.get("by"))
    if not by or not claim.sample.names_in_paragraph(by[-1], claim.statement):
        return
    for other in claim.sample.others(by[-1]):
        if other not in by:
            yield {("by",): [*by[:-1], other]}
    if by != _list(claim.sample.root["document"].get("author")):
        yield {("by",): None}


def _list(node: Any) -> list[str]:
    return [] if node is None else [node] if isinstance(node, str) else list(node)


def _chain(claim: _Claim) -> Changes:
    by = _list(claim.data.get("by"))
    if len(by) > 1 and all(claim.sample.names_in_paragraph(one, claim.statement) for one in by):
        yield {("by",): by[::-1]}
        yield {("by",): by[:-1]}


def _denial(claim: _Claim) -> Changes:
    if claim.statement.polarity is Polarity.NEGATIVE:
        yield {("polarity",): None}


def _denied(claim: _Claim) -> Changes:
    value = claim.data.get("value")
    gap = isinstance(value, dict) and "unknown" in value
    if claim.statement.polarity is Polarity.POSITIVE and not gap:
        yield {("polarity",): "negative"}


def _plan(claim: _Claim) -> Changes:
    if claim.statement.modality in _NOT_YET:
        yield {("modality",): None}


def _judged(claim: _Claim) -> Changes:
    if claim.statement.modality is Modality.EVALUATIVE:
        yield {("modality",): None}


def _planned(claim: _Claim) -> Changes:
    if claim.statement.modality is Modality.STATED:
        yield {("modality",): "planned"}


def _role(claim: _Claim) -> Changes:
    compared = claim.data.get("comparedWith")
    value, during = claim.data.get("value"), claim.data.get("during")
    if isinstance(compared, dict) and "value" in compared and isinstance(value, str):
        yield {("value",): compared["value"], ("comparedWith", "value"): value}
    if compared is None or during is None:
        return
    keys = ("words", "edtf")
    if isinstance(compared, str):
        yield {("during",): compared, ("comparedWith",): during}
    elif times_of := {key: compared[key] for key in keys if key in compared}:
        now = during if isinstance(during, dict) else {"words": during}
        changes: dict[Place, Any] = {("comparedWith", key): now.get(key) for key in keys}
        yield {("during",): times_of, **changes}


def _text(claim: _Claim) -> Changes:
    quote = claim.quote.casefold()
    here = {word[:4] for word in _WORD.findall(quote)}
    elsewhere = sorted(
        word
        for word in set(_WORD.findall(claim.sample.text))
        if word.casefold()[:4] not in here and word.casefold() not in quote
    )
    for place, text in claim.texts():
        for number in _NUMBER.findall(text):
            yield {place: text.replace(number, str(int(number) + 1), 1)}
        words = _WORD.findall(text)
        if words and elsewhere:
            word = claim.rng.choice(words)
            # A noun for a noun, in languages that write them so.
            alike = [other for other in elsewhere if other[0].isupper() == word[0].isupper()]
            yield {place: text.replace(word, claim.rng.choice(alike or elsewhere), 1)}


def _subject(claim: _Claim) -> Changes:
    sentences = claim.sample.sentences(claim.statement)
    if isinstance(slug := claim.data["subject"], str) and slug in claim.sample.root["entities"]:
        for other in claim.sample.others(slug, sentences):
            yield {("subject",): other}


def _object(claim: _Claim) -> Changes:
    sentences = claim.sample.sentences(claim.statement)
    for place, slug in claim.entities():
        for other in claim.sample.others(slug, sentences):
            yield {place: other}


def _attributed(claim: _Claim) -> Changes:
    if "by" in claim.data:
        return
    entities = claim.sample.root["entities"]
    authors = _list(claim.sample.root["document"].get("author"))
    for slug, entity in entities.items():
        if entity["type"] == "Person" and slug not in authors:
            yield {("by",): slug}


def _neighbour(claim: _Claim) -> Changes:
    found = [match.quantity for match in find_quantities(claim.quote, claim.language)]
    for place, quantity in claim.quantities():
        for other in found:
            if (
                other.said is not None
                and quantity.said is not None
                and other.said != quantity.said
                and other.unit == quantity.unit
                and not other.ordinal
                and (words := _written(claim, other, place))
            ):
                yield {place: words}


def _swap(claim: _Claim) -> Changes:
    entities = claim.sample.root["entities"]
    subject, value = claim.data["subject"], claim.data.get("value")
    both = [one for one in (subject, value) if isinstance(one, str) and one in entities]
    if len(both) == 2 and entities[both[0]]["type"] == entities[both[1]]["type"]:
        yield {("subject",): value, ("value",): subject}


_OPERATORS: dict[str, Callable[[_Claim], Changes]] = {
    "number": _quantity_operator(_number),
    "scale": _quantity_operator(_scale),
    "currency": _quantity_operator(_currency),
    "unit": _quantity_operator(_units),
    "hedge": _hedges,
    "direction": _direction,
    "date": _period_operator(times.other_date),
    "end": _period_operator(times.other_end),
    "granularity": _period_operator(times.other_granularity),
    "speaker": _speaker,
    "chain": _chain,
    "denial": _denial,
    "denied": _denied,
    "plan": _plan,
    "planned": _planned,
    "role": _role,
    "text": _text,
    "subject": _subject,
    "object": _object,
    "attributed": _attributed,
    "judged": _judged,
    "neighbour": _neighbour,
    "swap": _swap,
}


def make_mistakes(sample: Sample, seed: int) -> Iterator[Mistake]:
    """One mistake of every operator in every claim that admits one, the same for the same seed.

    Args:
        sample: the publication.
        seed: of the draw; it decides which of several mistakes is made.
    """
    for at, data in enumerate(sample.claims):
        statement = sample.statements.get(data["id"])
        if statement is None:
            continue
        for name in chain(TABLE["operators"], TABLE["beyond"]):
            # What one claim draws does not depend on the others.
            rng = random.Random(f"{seed} {sample.name} {data['id']} {name}")  # noqa: S311 - a draw
            claim = _Claim(sample, data, statement, rng)
            drawn = [changes for changes in _OPERATORS[name](claim) if claim.with_(changes) != data]
            if drawn:
                changes = rng.choice(drawn)
                yield Mistake(
                    name,
                    at,
                    data["id"],
                    _shown(claim, changes, data),
                    _shown(claim, changes, claim.with_(changes)),
                    claim.with_(changes),
                )


def _shown(claim: _Claim, changes: Iterable[Place], data: Data) -> str:
    """What stands in a claim under the keys that a mistake changes."""
    return "; ".join(
        f"{key}: {data.get(key, '-')}" for key in dict.fromkeys(str(p[0]) for p in changes)
    )
