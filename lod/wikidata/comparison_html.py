"""The comparison as one page: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from lod.wikidata.comparison import Row, Theirs, counts

_CSS = """\
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;\
color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid #ccc;padding:.4rem .6rem;text-align:left;vertical-align:top}
th{background:#f2f2f2}
ul{margin:0;padding-left:1.1rem}
small{color:#555}
.there{background:#e3f4e3}.unreferenced{background:#fff3cd}
.different{background:#fbdcdc}.absent{background:#dfeaf9}.not-comparable{background:#f2f2f2}
.match{font-weight:600}
"""
# The style is the only thing that the page may use.
_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def comparison_page(title: str, table: Sequence[Row], language: str = "en") -> str:
    """A self-contained HTML page.

    Args:
        title: of the publication; shown, and escaped like all text.
        table: the comparison.
        language: language tag of the title; the page itself speaks English.
    """
    summary = ", ".join(f"{number} {name}" for name, number in counts(table).items())
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n',
        f"<title>{escape(title)}: compared with Wikidata</title>\n",
        f"<style>\n{_CSS}</style>\n</head>\n<body>\n",
        f'<h1>Compared with Wikidata</h1>\n<p lang="{escape(language)}">{escape(title)}</p>\n',
        f"<p>{escape(summary)}</p>\n",
    ]
    comparable = [row for row in table if row.reason is None]
    if comparable:
        parts.append(
            "<table>\n<thead><tr><th>Claim</th><th>Says</th><th>Outcome</th>"
            "<th>Wikidata says</th></tr></thead>\n<tbody>\n"
        )
        parts += map(_comparable, comparable)
        parts.append("</tbody>\n</table>\n")
    if others := [row for row in table if row.reason is not None]:
        parts.append(
            "<h2>Not comparable</h2>\n<table>\n<thead><tr><th>Claim</th><th>Says</th>"
            "<th>Why not</th></tr></thead>\n<tbody>\n"
        )
        parts += (
            f'<tr id="{escape(_anchor(row))}"><td>{escape(row.claim)}</td><td>{_says(row)}</td>'
            f"<td>{escape(row.reason or '')}{_notes(row)}</td></tr>\n"
            for row in others
        )
        parts.append("</tbody>\n</table>\n")
    return "".join([*parts, "</body>\n</html>\n"])


def _comparable(row: Row) -> str:
    kind = str(row.outcome).replace(" ", "-")
    theirs = "".join(map(_theirs, row.theirs))
    return (
        f'<tr id="{escape(_anchor(row))}"><td>{escape(row.claim)}</td><td>{_says(row)}</td>'
        f'<td class="{escape(kind)}">{escape(row.outcome)}{_notes(row)}</td>'
        f"<td>{f'<ul>{theirs}</ul>' if theirs else 'nothing'}</td></tr>\n"
    )


def _anchor(row: Row) -> str:
    return f"{row.claim}-{row.pid}" if row.pid else row.claim


def _says(row: Row) -> str:
    during = f", {escape(row.during)}" if row.during else ""
    mapping = {"sub": "narrower than ", "close": "near "}.get(row.mapping or "", "")
    pid = f" <small>({mapping}{_link(row.pid, property_=True)})</small>" if row.pid else ""
    item = f" <small>({_link(row.item)})</small>" if row.item else ""
    return (
        f"{escape(row.subject)}{item} <em>{escape(row.property)}</em>{pid} "
        f"{escape(row.value)}{during}"
    )


def _theirs(one: Theirs) -> str:
    times = f", {escape('; '.join(one.times))}" if one.times else ""
    facts = [one.rank, one.agreement, one.timing]
    references = "; ".join(one.references) or "no reference"
    kind = ' class="match"' if one.match else ""
    return (
        f"<li><span{kind}>{escape(one.value)}{times}</span> "
        f"<small>{_link(one.item)} {_link(one.pid, property_=True)}: {escape(', '.join(facts))}; "
        f"{escape(references)}</small></li>"
    )


def _notes(row: Row) -> str:
    return f"<br><small>{escape('; '.join(row.notes))}</small>" if row.notes else ""


def _link(id_: str, *, property_: bool = False) -> str:
    """A link to an entity; the address is made of letters and digits alone."""
    if not id_.isalnum() or not id_.isascii():
        return escape(id_)
    page: Mapping[bool, str] = {True: "Property:", False: ""}
    return f'<a href="https://www.wikidata.org/wiki/{page[property_]}{id_}">{id_}</a>'
