"""A reference to a claim or to the data, in the forms that reference managers read.

One item of CSL-JSON (citeproc-js, schema 1.0.2) holds it; BibTeX and RIS are made from that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from lod.pages.texts import short

#: An item of CSL-JSON.
Item = dict[str, Any]
#: The forms and how they are called, in the order in which they are offered.
FORMS = ("BibTeX", "RIS", "CSL-JSON")
#: Characters that mean something to TeX.
_TEX = str.maketrans(
    {
        **{one: f"\\{one}" for one in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_KEY = re.compile(r"[^A-Za-z0-9]+")


def make_item(
    iri: str,
    kind: str,
    title: str,
    makers: Iterable[tuple[str, str | None]],
    *,
    container: str | None = None,
    publisher: str | None = None,
    day: str | None = None,
    version: str | None = None,
    note: str | None = None,
    language: str | None = None,
) -> Item:
    """The item; what is None is left out.

    Args:
        iri: what is cited.
        kind: "dataset", or "entry" for a part of one.
        title: of it.
        makers: who made it: names, and IRIs or None.
        container: title of what it is a part of.
        publisher: who publishes it.
        day: xsd:date of its last change.
        version: of it.
        note: what else a reader of the reference needs.
        language: of the title.

    >>> item = make_item("https://data.example.org/x/claim/a", "entry", "A & B", [("Desk", None)])
    >>> item["id"], item["author"]
    ('data-example-org-x-claim-a', [{'literal': 'Desk'}])
    """
    item = {
        "id": _KEY.sub("-", iri.partition("://")[2] or iri).strip("-"),
        "type": kind,
        "title": short(title, 500),
        "author": [{"literal": short(name)} for name, _ in makers],
        "container-title": container and short(container),
        "publisher": publisher and short(publisher),
        "issued": day and {"date-parts": [[int(part) for part in day.split("-")[:3]]]},
        "version": version and short(version, 40),
        "note": note and short(note, 600),
        "language": language,
        "URL": iri,
    }
    return {key: value for key, value in item.items() if value}


def written(item: Item) -> list[tuple[str, str]]:
    """The item in each form: its name, and the text."""
    texts = (_bibtex(item), _ris(item), json.dumps([item], ensure_ascii=False, indent=1))
    return list(zip(FORMS, texts, strict=True))


def _day(item: Item) -> list[int]:
    return list(item["issued"]["date-parts"][0]) if "issued" in item else []


def _bibtex(item: Item) -> str:
    day = _day(item)
    fields = {
        "author": " and ".join("{" + _tex(one["literal"]) + "}" for one in item.get("author", ())),
        "title": "{" + _tex(item["title"]) + "}",
        "howpublished": _tex(item.get("container-title", "")),
        "publisher": _tex(item.get("publisher", "")),
        "year": str(day[0]) if day else "",
        "month": str(day[1]) if len(day) > 1 else "",
        "version": _tex(item.get("version", "")),
        "note": _tex(item.get("note", "")),
        "url": item["URL"],
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{item['id']},\n" + ",\n".join(lines) + "\n}"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _ris(item: Item) -> str:
    day = _day(item)
    lines = [
        ("TY", "DATA" if item["type"] == "dataset" else "ELEC"),
        *(("AU", one["literal"]) for one in item.get("author", ())),
        ("TI", item["title"]),
        ("T2", item.get("container-title")),
        ("PB", item.get("publisher")),
        ("PY", str(day[0]) if day else None),
        ("DA", "/".join(f"{part:02}" for part in day) + "/" * (4 - len(day)) if day else None),
        ("ET", item.get("version")),
        ("N1", item.get("note")),
        ("LA", item.get("language")),
        ("UR", item["URL"]),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in lines if value), "ER  - "])
