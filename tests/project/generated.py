"""The files that are made from code: `python -m tests.project.generated` writes them anew."""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import click

import lod
from lod.cli.app import FAILED, FINDINGS, FINE, PROGRAM, SECTIONS, app
from lod.codes import CODES
from lod.facts import schema
from lod.facts.json_schema import facts_schema
from lod.facts.schema import Key
from lod.tables.columns import tables
from lod.vocabulary.derived import qualifier_shapes
from lod.vocabulary.terms import Property, Term, ValueKind
from lod.vocabulary.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[2]
_NOTE = "<!-- Made by `python -m tests.project.generated`; do not edit. -->"
TABLES = ROOT / "docs" / "tables.md"
_COLUMNS = "## The columns"
_WIDTH = 80
# In a signature: an annotation that is kept as text, and the modules before a known class.
_ANNOTATION = re.compile(r"(: |-> )(?:ForwardRef\()?(['\"])(.*?)\2\)?(?=[,)]| =|$)")
_MODULES = re.compile(r"\b(?:lod|collections|typing|pathlib)\.(?:[a-z_]+\.)*(?=[A-Z])")
CONTEXT = ROOT / "vocab" / "context.jsonld"
QUALIFIERS = ROOT / "shapes" / "qualifiers.ttl"


def help_text(name: str | None = None) -> str:
    """What `lod --help` or `lod NAME --help` prints, at a fixed width."""
    names = app.context_settings["help_option_names"]
    with click.Context(
        app, info_name=PROGRAM, terminal_width=_WIDTH, help_option_names=names
    ) as group:
        if name is None:
            return app.get_help(group)
        command = app.get_command(group, name)
        assert command is not None
        with click.Context(command, parent=group, info_name=name, terminal_width=_WIDTH) as context:
            return command.get_help(context)


def commands_page() -> str:
    """docs/commands.md: the help of every command."""
    parts = ["# Commands", _NOTE, f"```text\n{help_text()}\n```"]
    for title, commands in SECTIONS.items():
        parts.append(f"## {title}")
        for name in commands:
            parts += [f"### lod {name}", f"```text\n{help_text(name)}\n```"]
    return "\n\n".join(parts) + "\n"


def codes_page() -> str:
    """docs/codes.md: the register of finding codes."""
    rows = [
        f"| `{code.name}` | {code.severity} | {code.summary} | "
        f"{('with its value' if code.has_value else 'yes') if code.overrulable else ''} |"
        for code in CODES.values()
    ]
    return "\n".join(
        [
            "# Codes of findings",
            "",
            _NOTE,
            "",
            "Codes are stable: scripts may rely on them. An error stops a build. A warning does "
            "not, but `lod check` exits with 1; a note changes nothing. What is overrulable can "
            "be accepted on a claim, an entity or the document, with the reason: `allow: {code: "
            "reason}`; with its value where it is about one: `allow: {code: {value: …, reason: "
            "…}}`. [checks.md](checks.md) says what is compared.",
            "",
            "| code | severity | meaning | overrulable |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


#: The mappings of facts.yaml, in order: name in format.toml, title, what it is, keys.
MAPPINGS: dict[str, tuple[str, str, Mapping[str, Key]]] = {
    "top": ("The file", "The parts of the file.", schema.TOP),
    "publication": ("publication", "What is said of the dataset.", schema.PUBLICATION),
    "document": ("document", "The text that states the facts.", schema.DOCUMENT_KEYS),
    "version": ("document: versions", "A further version of the text.", schema.VERSION_KEYS),
    "term": ("terms", "A term, under its name.", schema.TERM),
    "termLink": ("terms: link", "Where a term has more than the same elsewhere.", schema.TERM_LINK),
    "entity": ("entities", "An entity, under its slug.", schema.ENTITY),
    "link": ("entities: wikidata", "In place of an item.", schema.LINK),
    "claim": ("claims", "A claim.", schema.CLAIM),
    "quote": ("claims: quote", "A quote of several, or one with its context.", schema.QUOTE),
    "value": (
        "claims: value",
        "A value that is no word, number or date: in one of these forms.",
        {key: one for form in schema.VALUE_FORMS.values() for key, one in form.items()},
    ),
    "period": ("claims: during", "A period that is not one word or date.", schema.PERIOD),
    "comparison": ("claims: comparedWith", "What a figure is compared with.", schema.COMPARISON),
    "no_fact": ("no_fact", "A passage that deliberately carries no fact.", schema.NO_FACT),
    "agent": ("publication: publisher, creator", "In place of a name.", schema.AGENT),
    "allowance": ("allow", "Why a finding about a value is wrong.", schema.ALLOWANCE),
}
FORMAT = ROOT / "docs" / "format.toml"


def format_page() -> str:
    """docs/format.md: every key of facts.yaml, with an example and the codes of its findings."""
    said = tomllib.loads(FORMAT.read_text("utf-8"))
    parts = [
        "# facts.yaml, key by key",
        _NOTE,
        "Every key, what it says, an example, and the [codes](codes.md) of the findings that its "
        "value can bring. Any value can be of another shape than expected (`wrong-type`) or empty "
        "(`empty-value`); a key that is not here is `unknown-key`, one that stands twice "
        "`duplicate-key`, and one in bold that is missing `missing-key`. The same in JSON is "
        "`facts.json`; `lod schema` prints the JSON Schema for editors.",
    ]
    for name, (title, doc, keys) in MAPPINGS.items():
        rows = ["| key | what it says | example | findings |", "|---|---|---|---|"]
        for key, one in keys.items():
            example, codes = said[name][key]
            shown = f"**`{key}`**" if one.required else f"`{key}`"
            doc_ = " ".join([one.doc, *_options(one.schema)])
            found = " ".join(f"`{code}`" for code in codes.split())
            rows.append(f"| {shown} | {_cell(doc_)} | `{_cell(example)}` | {found} |")
        parts += [f"## {title}", doc, "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


def _options(of_key: Mapping[str, Any]) -> list[str]:
    """The sentence that names what may stand there, where that is a few words."""
    words = [f"`{one}`" for one in of_key.get("enum", ()) if isinstance(one, str)]
    return [f"One of {', '.join(words)}."] if words else []


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def api_page() -> str:
    """docs/api.md: what `lod` exports, from its docstrings."""
    functions, classes, errors = [], [], []
    for name in sorted(lod.__all__, key=str.casefold):
        one = getattr(lod, name)
        if not callable(one):
            continue
        if not inspect.isclass(one):
            functions.append(_described(f"lod.{name}", one))
        elif issubclass(one, Exception):
            errors.append(f"| `{name}` | `{one.__bases__[0].__name__}` | {_summary(one)} |")
        else:
            members = [
                _described(f"{name}.{key}", member, level=4)
                for key, member in inspect.getmembers_static(one)
                if not key.startswith("_") and _is_documented(member) and key in vars(one)
            ]
            classes += [_described(f"lod.{name}", one), *members]
    return (
        "\n\n".join(
            [
                "# Python API",
                _NOTE,
                "What `lod` exports. Everything else may change with any version.",
                "## Functions",
                *functions,
                "## Classes",
                *classes,
                "## Errors",
                "What could not be done is raised; what is wrong with a publication is a finding. "
                "All errors have a `message` and a `hint`.",
                "| error | is a | when |\n|---|---|---|\n" + "\n".join(errors),
            ]
        )
        + "\n"
    )


def _is_documented(member: object) -> bool:
    kinds = (property, cached_property, staticmethod, classmethod)
    return inspect.isfunction(member) or isinstance(member, kinds)


def _summary(one: object) -> str:
    return (inspect.getdoc(one) or "").partition("\n\n")[0].replace("\n", " ")


def _described(name: str, one: Any, level: int = 3) -> str:
    """A heading with the signature, then the docstring, whose sections and examples stay."""
    call = ""
    if callable(one) and not isinstance(one, staticmethod | classmethod):
        call = _ANNOTATION.sub(r"\1\3", str(inspect.signature(one)))
        call = _MODULES.sub("", call)
    heading = f"{'#' * level} `{name}`"
    code = f"```python\n{name}{call}\n```\n\n" if call else ""
    return f"{heading}\n\n{code}```text\n{inspect.getdoc(one)}\n```"


def tables_page(text: str) -> str:
    """docs/tables.md with the columns of the tables after what is written by hand.

    Args:
        text: the file as it is.
    """
    parts = [text.partition(_COLUMNS)[0] + _COLUMNS, _NOTE]
    for table in tables():
        rows = [f"| `{column.name}` | {column.type} | {column.doc} |" for column in table.columns]
        head = ["| column | type | what it says |", "|---|---|---|"]
        parts += [f"### `{table.name}`", table.doc, "\n".join([*head, *rows])]
    parts.append(
        "The claims have a column `with_NAME` for each qualifier that they have, a list each."
    )
    return "\n\n".join(parts) + "\n"


LIMITS = ROOT / "docs" / "limits.toml"


def limits_page() -> str:
    """docs/limits.md: limits, whose values are those of the code, and exit codes."""
    said = tomllib.loads(LIMITS.read_text("utf-8"))
    exits = said.pop("exits")
    parts = [
        "# Limits and exit codes",
        _NOTE,
        "What is larger, deeper or longer is never cut silently: it is a finding, an error, or the "
        "report says how often. Sizes are in bytes, one character is one code point.",
    ]
    for title, limits in said.items():
        amounts = [_amount(limit_at(one["at"]), one.get("unit", "")) for one in limits]
        rows = [
            f"| {one['what']} | {amount} | {one['then']} |"
            for one, amount in zip(limits, amounts, strict=True)
        ]
        parts += [f"## {title}", "\n".join(["| limit | | then |", "|---|---|---|", *rows])]
    rows = [f"| `lod {name}` | {one['one'] or 'never'} |" for name, one in exits.items()]
    parts += [
        "## Exit codes",
        "| code | when |\n|---|---|\n"
        f"| {FINE} | all is well |\n"
        f"| {FINDINGS} | it ran, and found something: see below |\n"
        f"| {FAILED} | it could not run, or not to its end: wrong arguments, no such file, a "
        "limit, no answer of a store or Wikibase, a full disk, another run at work there |\n"
        "| 130, 143, 129 | it was ended: Ctrl-C, SIGTERM, SIGHUP |\n"
        "| 141 | whoever read its output went away |",
        "\n".join(["| command | exits with 1 where |", "|---|---|", *rows]),
    ]
    return "\n\n".join(parts) + "\n"


def limit_at(place: str) -> int | float:
    """The value of a limit, `module:NAME`; the defaults of a class are its attributes."""
    module, _, names = place.partition(":")
    found: Any = import_module(module)
    for name in names.split("."):
        found = getattr(found() if inspect.isclass(found) else found, name)
    assert isinstance(found, int | float), place
    return found


def _amount(value: float, unit: str) -> str:
    """A limit as people read it.

    >>> _amount(8 << 20, "bytes"), _amount(0.5, "seconds"), _amount(1000, "")
    ('8 MiB', '0.5 seconds', '1,000')
    """
    if unit == "bytes":
        for size, name in ((1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")):
            if value % size == 0:
                return f"{value // size:,} {name}"
    return f"{value:,g} {unit}".rstrip() if value < 1_000_000 else f"{value:,} {unit}".rstrip()


def schema_file() -> str:
    """The JSON Schema that the examples point their editors at."""
    return json.dumps(facts_schema(), ensure_ascii=False, indent=2) + "\n"


def context_file(text: str) -> str:
    """vocab/context.jsonld with the names of our terms as the vocabulary files have them.

    Prefixes, aliases and whatever else somebody wrote stay where they are; the names of a
    vocabulary stand where the first of them stands.

    Args:
        text: the file as it is.

    Raises:
        click.ClickException: the name of a term stands for something else already.
    """
    made = _context_terms()
    definitions: dict[str, Any] = {}
    for name, definition in json.loads(text)["@context"].items():
        of_vocabulary = next((terms for terms in made.values() if name in terms), None)
        if of_vocabulary is None:
            definitions[name] = definition
        elif _target(definition) != _target(of_vocabulary[name]):
            raise click.ClickException(
                f"{name} is {_target(definition)} in context.jsonld already: "
                f"{_target(of_vocabulary[name])} needs another name"
            )
        else:
            definitions |= of_vocabulary
    # A word that stands for a property as a value is one without coercion there, as processors
    # find none that has any.
    first = {_target(what): name for name, what in reversed(definitions.items())}
    definitions["property"]["@context"] = {
        name: _target(what)
        for name, what in definitions.items()
        if _is_coerced(what) and first[_target(what)] == name != "property"
    }
    lines = [f"    {json.dumps(name)}: {json.dumps(what)}" for name, what in definitions.items()]
    return '{\n  "@context": {\n' + ",\n".join(lines) + "\n  }\n}\n"


def _is_coerced(definition: Any) -> bool:
    """Whether a name stands for a property whose values are written in one way only."""
    if not isinstance(definition, dict) or not definition.get("@id", "@").partition("@")[0]:
        return False
    return "@type" in definition or definition.get("@container", "@set") != "@set"


def _target(definition: Any) -> str:
    """What a name of a context stands for."""
    if isinstance(definition, dict):
        return str(definition.get("@id") or definition.get("@reverse"))
    return str(definition)


def _context_terms() -> dict[str, dict[str, Any]]:
    """Prefix of a vocabulary to the names of its terms, each with its definition.

    How the values of a property of `lod.ttl` are written is a matter of code, so these are left
    to the one who writes that code.
    """
    found: dict[str, dict[str, Any]] = {}
    for term in load_vocabulary().terms.values():
        prefix = term.curie.partition(":")[0]
        if prefix != "lod" or not isinstance(term, Property):
            names = found.setdefault(prefix, {})
            names[term.name] = _context_term(term)
            if isinstance(term, Property) and {ValueKind.TEXT} < term.kinds:
                # A key has one type, so words have a key of their own.
                names[f"{term.name}Text"] = _words(term)
    return found


def _context_term(term: Term) -> str | dict[str, Any]:
    if not isinstance(term, Property):
        return term.curie
    if term.kinds == {ValueKind.TEXT}:
        return _words(term)
    return {"@id": term.curie, "@container": "@set"}


def _words(term: Property) -> dict[str, Any]:
    return {"@id": term.curie, "@container": ["@language", "@set"]}


#: What stands above this line in shapes/qualifiers.ttl is written by hand.
_BELOW = "# Made from vocab/relations.ttl by `python -m tests.project.generated`; do not edit.\n"


def qualifiers_file(text: str) -> str:
    """shapes/qualifiers.ttl with the shapes of the shipped qualifiers.

    Args:
        text: the file as it is.
    """
    head, _, _ = text.partition(_BELOW)
    shapes = qualifier_shapes(load_vocabulary().properties.values())
    names = {iri: prefix for prefix, iri in re.findall(r"@prefix (\w+): <(.+)>", head)}
    for namespace, prefix in names.items():
        shapes = re.sub(rf"<{re.escape(namespace)}(\w+)>", rf"{prefix}:\1", shapes)
    return head + _BELOW + shapes


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    yield ROOT / "docs" / "commands.md", commands_page()
    yield ROOT / "docs" / "codes.md", codes_page()
    yield ROOT / "docs" / "api.md", api_page()
    yield ROOT / "docs" / "format.md", format_page()
    yield ROOT / "docs" / "limits.md", limits_page()
    made = ((CONTEXT, context_file), (QUALIFIERS, qualifiers_file), (TABLES, tables_page))
    for file, make in made:
        yield file, make(file.read_text("utf-8"))
    for example in sorted((ROOT / "examples").glob("*/facts.yaml")):
        if "$schema=facts.schema.json" in example.read_text("utf-8"):
            yield example.with_name("facts.schema.json"), schema_file()


def main() -> None:
    """Write all files."""
    for path, text in generated():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        click.echo(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
