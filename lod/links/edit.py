"""Writes a link into a facts file; every other byte of the file stays as it is."""

from __future__ import annotations

import json
import re
from typing import Any

from lod.errors import LodError
from lod.model.entity import Link
from lod.sources import source_of_file
from lod.sources.json_source import read_json
from lod.sources.source import Node, SourceProblem

_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ]*[A-Za-z0-9])?")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_BOM = "\ufeff"


class EditError(LodError):
    """A link cannot be written into the file as it is laid out; the file is as it was."""


def add_link(text: str, slug: str, link: Link, file: str) -> str:
    r"""Add the key `wikidata` to an entity.

    Args:
        text: the whole facts file.
        slug: the entity, which has no such key yet.
        link: the decision.
        file: name of the file; one that ends in .json is edited as JSON.

    Returns:
        The text with the key. Read again, it is the same data but for the key.

    Raises:
        EditError: there is no such entity, it has the key already, or its layout (an alias, an
            anchor that others use) leaves no place for it.

    >>> print(add_link("entities:\n  ufa: {type: City, label: Ufa} # a city\n", "ufa",
    ...                Link("Q911"), "facts.yaml"), end="")
    entities:
      ufa: {type: City, label: Ufa, wikidata: Q911} # a city
    """
    is_json = file.endswith(".json")
    bare = text.removeprefix(_BOM)
    mark = text[: len(text) - len(bare)]
    before = _read(bare, file)
    entity = _entity(before, slug, file)
    if "wikidata" in entity:
        raise EditError(f"{file}: {slug} has a decision already", hint="take it out first")
    edited = (_edit_json if is_json else _edit_yaml)(bare, slug, link)
    # Written out, so that an entity that others share by an alias is not changed in all places.
    expected = json.loads(json.dumps(before))
    _entity(expected, slug, file)["wikidata"] = link_data(link)
    # Whatever the layout is: the file is changed only where the new text says what it should.
    if edited is None or _read_again(edited, file) != expected:
        raise EditError(
            f"{file}: the layout of {slug} leaves no safe place for its link",
            hint=f"write it by hand: wikidata: {link_text(link)}",
        )
    return mark + edited


def link_data(link: Link) -> Node:
    """The link as data of a facts file."""
    if link.qid is None:
        return {"none": _one_line(link.reason or "no item found")}
    return {"close": link.qid} if link.close else link.qid


def link_text(link: Link) -> str:
    """The link in YAML, on one line.

    >>> link_text(Link(None, reason="it isn't there: not yet"))
    "{none: 'it isn''t there: not yet'}"
    """
    data = link_data(link)
    if not isinstance(data, dict):
        return str(data)
    ((key, value),) = data.items()
    words = str(value)
    quote = "'" + words.replace("'", "''") + "'"
    return f"{{{key}: {words if _PLAIN.fullmatch(words) else quote}}}"


def _one_line(reason: str) -> str:
    """The reason without what a line of YAML cannot carry."""
    return " ".join("".join(c if c.isprintable() else " " for c in reason).split())


def _read(text: str, file: str) -> Node:
    try:
        return source_of_file(file).read(text.encode(), file).root
    except (SourceProblem, UnicodeEncodeError) as problem:
        raise EditError(f"{file} cannot be read: {problem}") from None


def _read_again(text: str, file: str) -> Node:
    try:
        return _read(text, file)
    except EditError:
        return None


def _entity(root: Node, slug: str, file: str) -> dict[str, Node]:
    entities = root.get("entities") if isinstance(root, dict) else None
    entity = entities.get(slug) if isinstance(entities, dict) else None
    if not isinstance(entity, dict):
        raise EditError(f"{file} has no entity {slug}")
    return entity


def _edit_yaml(text: str, slug: str, link: Link) -> str | None:
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entity = _child(_child(yaml.compose(text, Loader=loader), "entities"), slug)
    if not isinstance(entity, yaml.MappingNode) or not entity.value:
        return None
    new = f"wikidata: {link_text(link)}"
    if entity.flow_style:
        end = entity.value[-1][1].end_mark.index
        return f"{text[:end]}, {new}{text[end:]}"
    found = _LINE_END.search(text)
    line_end = found.group() if found else "\n"
    for key, value in reversed(entity.value):
        # Where a block scalar or a nested block ends is a matter of its comments; elsewhere the
        # end of the value is exact.
        if isinstance(value, yaml.ScalarNode):
            exact = value.style not in ("|", ">") and value.end_mark.index > key.end_mark.index
        else:
            exact = bool(value.flow_style)
        if exact:
            indent = " " * key.start_mark.column
            following = _LINE_END.search(text, value.end_mark.index)
            if following is None:
                return f"{text}{line_end}{indent}{new}"
            return f"{text[: following.start()]}{line_end}{indent}{new}{text[following.start() :]}"
    first = entity.value[0][0].start_mark
    return f"{text[: first.index]}{new}{line_end}{' ' * first.column}{text[first.index :]}"


def _child(node: Any, name: str) -> Any:
    """The value of a key in a mapping node, or None."""
    pairs = getattr(node, "value", None)
    if not isinstance(pairs, list):
        return None
    return next((value for key, value in pairs if getattr(key, "value", None) == name), None)


def _edit_json(text: str, slug: str, link: Link) -> str | None:
    source = read_json(text.encode(), "facts.json")
    data, end = json.JSONDecoder().raw_decode(text, source.offset_of(("entities", slug)))
    if not data:
        return None
    closing = end - 1
    last = len(text[:closing].rstrip())
    gap = text[last:closing]
    indent = ""
    if "\n" in gap:
        # One member a line: the new one gets a line too, indented as the last one.
        keys = [source.offset_of_key(("entities", slug, key)) for key in data]
        before = [text[text.rfind("\n", 0, key) + 1 : key] for key in keys]
        if not any(map(str.strip, before)):
            indent = ("\r\n" if "\r\n" in gap else "\n") + before[-1]
    member = f'"wikidata": {json.dumps(link_data(link), ensure_ascii=False)}'
    return f"{text[:last]},{indent or ' '}{member}{text[last:]}"
