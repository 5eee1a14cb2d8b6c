"""Reads QuickStatements version 1 strictly, and applies them as QuickStatements does.

The grammar is that of its help page: a line is item, property, value, then pairs of a qualifier
(`P…`) or a part of the reference (`S…`) and its value, all divided by tabs. Values are items,
`"strings"`, `en:"texts"`, times with a precision, and numbers with a unit.
"""

from __future__ import annotations

import copy
import re
from typing import Any

_ITEM = re.compile(r"Q[1-9]\d*")
_KEY = re.compile(r"([PS])([1-9]\d*)")
_STRING = re.compile(r'"(.*)"')
_TEXT = re.compile(r'([a-z][a-z-]*):"(.*)"')
_TIME = re.compile(r"([+-]\d{4,}-\d\d-\d\dT00:00:00Z)/(\d{1,2})(/J)?")
_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:U([1-9]\d*))?")

Snaks = list[tuple[str, dict[str, Any]]]


def read_line(line: str) -> tuple[str, str, dict[str, Any], Snaks, Snaks]:
    """Item, property, value, qualifiers and reference of a line; ValueError where it is none."""
    columns = line.split("\t")
    if len(columns) < 3 or len(columns) % 2 == 0 or any(c != c.strip() for c in columns):
        raise ValueError(f"not a statement with pairs after it: {line!r}")
    item, pid, value, *rest = columns
    if not _ITEM.fullmatch(item) or not re.fullmatch(r"P[1-9]\d*", pid):
        raise ValueError(f"no item and property: {line!r}")
    qualifiers: Snaks = []
    reference: Snaks = []
    for key, text in zip(rest[::2], rest[1::2], strict=True):
        match = _KEY.fullmatch(key)
        if match is None or (match[1] == "P" and reference):
            raise ValueError(f"{key} is no qualifier or source, or out of order: {line!r}")
        (qualifiers if match[1] == "P" else reference).append((f"P{match[2]}", read_value(text)))
    return item, pid, read_value(value), qualifiers, reference


def read_value(text: str) -> dict[str, Any]:
    """The datavalue of a value; ValueError where it is of no known form."""
    if _ITEM.fullmatch(text):
        data = {"entity-type": "item", "numeric-id": int(text[1:]), "id": text}
        return {"value": data, "type": "wikibase-entityid"}
    if match := _STRING.fullmatch(text):
        return {"value": match[1].strip(), "type": "string"}
    if match := _TEXT.fullmatch(text):
        return {"value": {"language": match[1], "text": match[2]}, "type": "monolingualtext"}
    if match := _TIME.fullmatch(text):
        data = {"time": match[1], "timezone": 0, "before": 0, "after": 0}
        calendar = f"http://www.wikidata.org/entity/{'Q1985786' if match[3] else 'Q1985727'}"
        data |= {"precision": int(match[2]), "calendarmodel": calendar}
        return {"value": data, "type": "time"}
    if match := _NUMBER.fullmatch(text):
        unit = f"http://www.wikidata.org/entity/Q{match[2]}" if match[2] else "1"
        return {"value": {"amount": match[1], "unit": unit}, "type": "quantity"}
    raise ValueError(f"no value: {text!r}")


def apply(lines: str, entities: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The entities after an upload. A statement of the same value is added to, not made again."""
    result = copy.deepcopy(entities)
    for line in lines.splitlines():
        item, pid, value, qualifiers, reference = read_line(line)
        statements = result[item]["claims"].setdefault(pid, [])
        snak = {"snaktype": "value", "property": pid, "datavalue": value}
        same = [one for one in statements if one["mainsnak"].get("datavalue") == value]
        if same:
            statement = same[0]
        else:
            statement = {"mainsnak": snak, "type": "statement", "rank": "normal"}
            statement["id"] = f"{item}$new-{len(statements)}"
            statements.append(statement)
        for one, data in qualifiers:
            found = statement.setdefault("qualifiers", {}).setdefault(one, [])
            found.append({"snaktype": "value", "property": one, "datavalue": data})
        snaks: dict[str, list[dict[str, Any]]] = {}
        for one, data in reference:
            snaks.setdefault(one, []).append(
                {"snaktype": "value", "property": one, "datavalue": data}
            )
        statement.setdefault("references", []).append({"snaks": snaks})
    return result
