"""`lod vocab`: the terms that facts may use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from lod.cli.app import Command
from lod.cli.support.options import form_option
from lod.cli.support.reporting import json_text
from lod.cli.support.terminal import emit, paint_out, say, visible
from lod.language.data import term_phrases
from lod.namespaces import shrink

if TYPE_CHECKING:
    from lod.vocabulary.terms import Property, Term
    from lod.vocabulary.vocabulary import Vocabulary

_STRENGTHS = {"equivalent": "same as", "sub": "narrower than", "close": "near to"}


@click.command(
    "vocab",
    cls=Command,
    examples=[
        ("all terms", "lod vocab"),
        ("one of them", "lod vocab tradeVolume"),
        ("shapes for another engine", "lod vocab --shapes"),
        ("what each key of the JSON-LD holds", "lod vocab --json-schema"),
        ("with a publication's own terms", "lod vocab --of examples/russia-kazakhstan"),
    ],
)
@click.argument("term", required=False)
@click.option(
    "--of",
    "folder",
    metavar="DIR",
    type=click.Path(readable=False),
    help="The publication whose own terms are to be known too.",
)
@form_option("Form of the list.")
@click.option("--ontology", is_flag=True, help="Print both vocabularies whole, as one Turtle file.")
@click.option(
    "--shapes",
    is_flag=True,
    help="Print the shapes with the vocabularies and all superclasses, for other SHACL engines.",
)
@click.option("--context", is_flag=True, help="Print the JSON-LD context of the data.")
@click.option(
    "--json-schema", is_flag=True, help="Print the JSON Schema of the JSON-LD that lod writes."
)
def command(*, term: str | None, folder: str | None, form: str, **files: bool) -> None:
    """Explain the terms that facts may use.

    Without TERM, lists all: the classes of entities ("type:"), the properties ("property:"), the
    qualifiers ("with:"), and the concepts behind hedges, modalities and the like.
    """
    whole = [name.replace("_", "-") for name, is_wanted in files.items() if is_wanted]
    if whole:
        if term is not None or folder is not None or len(whole) > 1:
            others = ", ".join(f"--{name}" for name in whole[1:]) or "--of"
            raise click.UsageError(
                f"--{whole[0]} prints one file whole: it goes without TERM and {others}."
            )
        emit(_whole(whole[0]))
        return
    vocabulary = _vocabulary(folder)
    found = _groups(vocabulary) if term is None else {"": [_find(vocabulary, term)]}
    if form == "json":
        terms = {one.iri: _as_dict(vocabulary, one) for group in found.values() for one in group}
        emit(json_text(list(terms.values())))
    elif term is not None:
        _explain(vocabulary, found[""][0])
    else:
        _list(found)


def _whole(name: str) -> str:
    """One of the files that the namespace answers with."""
    if name == "context":
        from lod.resources import read

        return read("vocab", "context.jsonld").decode()
    if name == "json-schema":
        from lod.rdf.jsonld_schema import jsonld_schema

        return json_text(jsonld_schema())
    from lod.vocabulary.whole import ontology, shapes_with_vocabulary

    return ontology() if name == "ontology" else shapes_with_vocabulary()


def _vocabulary(folder: str | None) -> Vocabulary:
    if folder is None:
        from lod.vocabulary.vocabulary import load_vocabulary

        return load_vocabulary()
    from lod.publication import load

    return load(folder).require_vocabulary()


def _groups(vocabulary: Vocabulary) -> dict[str, list[Term]]:
    """The terms that facts may use, by where they stand."""
    properties = vocabulary.properties.values()
    groups: dict[str, list[Term]] = {
        "Classes, for type:": list(vocabulary.classes.values()),
        "Properties, for property:": [one for one in properties if one.is_statement],
        "Qualifiers, for with:": [one for one in properties if one.is_qualifier],
    }
    for concept in vocabulary.concepts.values():
        scheme = vocabulary.terms.get(concept.scheme)
        title = "Concepts" if scheme is None else _label(scheme).capitalize()
        groups.setdefault(title, []).append(concept)
    return groups


def _find(vocabulary: Vocabulary, word: str) -> Term:
    """The term of a name, a CURIE or an IRI.

    Raises:
        click.UsageError: there is none; the message names the nearest.
    """
    from difflib import get_close_matches

    for term in vocabulary.terms.values():
        if word in (term.iri, term.curie):
            return term
    names = {_name(term): term for term in reversed(vocabulary.terms.values())}
    if word in names:
        return names[word]
    folded = {name.casefold(): name for name in names}
    near = get_close_matches(word.rpartition(":")[2].casefold(), folded, n=1)
    hint = f"Did you mean {folded[near[0]]!r}?" if near else "`lod vocab` lists them."
    raise click.UsageError(f"There is no term {word!r}. {hint}")


def _name(term: Term) -> str:
    """The name that facts use; also of a publication's own terms, which have no prefix here."""
    return re.split("[/#:]", term.curie)[-1]


def _label(term: Term) -> str:
    return term.labels.get("en") or _name(term)


def _list(groups: dict[str, list[Term]]) -> None:
    width = max(len(_name(term)) for terms in groups.values() for term in terms)
    for number, (title, terms) in enumerate(groups.items()):
        say(("\n" if number else "") + paint_out(title, "strong"))
        for term in terms:
            say(f"  {_name(term).ljust(width)}  {visible(term.definition)}")


def _explain(vocabulary: Vocabulary, term: Term) -> None:
    data = _as_dict(vocabulary, term)
    say(f"{paint_out(term.curie, 'strong')} ({data['kind']})")
    say(visible(term.definition))
    for note in term.notes:
        say(visible(note))
    say("")
    rows = [
        ("IRI", term.iri),
        *((f"label {tag}", text) for tag, text in term.labels.items()),
        *((name, _shown(data[name])) for name in ("above", "subject", "value") if data.get(name)),
        *((f"reads {tag}", text) for tag, text in sorted(data.get("phrases", {}).items())),
        *((f"with {tag}", text) for tag, text in sorted(data.get("qualifierPhrases", {}).items())),
    ]
    if "narrows" in data:
        told = "yes: no direct triple" if data["narrows"] else "no: the direct triple stands"
        rows.append(("narrows", told))
    rows += [(_STRENGTHS[strength], shrink(iri)) for iri, strength in term.mappings]
    rows += [("history", note) for note in data.get("history", ())]
    width = max(len(name) for name, _ in rows)
    for name, text in rows:
        say(f"  {name.ljust(width)}  {visible(text)}")


def _shown(names: list[str]) -> str:
    return ", ".join(names)


def _as_dict(vocabulary: Vocabulary, term: Term) -> dict[str, Any]:
    """A term as plain JSON data; keys that have no value are left out."""
    from lod.vocabulary.source import term_history
    from lod.vocabulary.terms import Class, Concept, Property

    data: dict[str, Any] = {
        "iri": term.iri,
        "curie": term.curie,
        "kind": "term",
        "labels": term.labels,
        "definition": term.definition,
    }
    if term.notes:
        data["notes"] = list(term.notes)
    if isinstance(term, Class):
        ours = [iri for iri in term.superclasses - {term.iri} if iri in vocabulary.classes]
        data |= {"kind": "class", "above": sorted(shrink(iri) for iri in ours)}
    elif isinstance(term, Property):
        data |= _property(term)
    elif isinstance(term, Concept):
        data |= {"kind": "concept", "scheme": shrink(term.scheme)}
    data["mappings"] = [{"iri": iri, "strength": strength} for iri, strength in term.mappings]
    if history := term_history().get(term.iri):
        data["history"] = list(history)
    return data


def _property(term: Property) -> dict[str, Any]:
    kinds = [name for name, is_one in _kinds(term) if is_one]
    data: dict[str, Any] = {
        "kind": " and ".join(kinds),
        "subject": sorted(map(shrink, term.domain)),
        "value": sorted(map(shrink, term.range)),
    }
    if term.phrases:
        data["phrases"] = term_phrases(term.iri, "phrase") | term.phrases
    if term.is_qualifier:
        phrases = term_phrases(term.iri, "qualifier") | term.qualifier_phrases
        data |= {"qualifierPhrases": phrases, "narrows": term.narrows}
    if term.symmetric:
        data["symmetric"] = True
    return data


def _kinds(term: Property) -> tuple[tuple[str, bool], ...]:
    return (("property", term.is_statement), ("qualifier", term.is_qualifier))
