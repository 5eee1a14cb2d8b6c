"""The comparison as one page: no script, nothing fetched, everything escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from lod.wikidata.compare import Outcome
from lod.wikidata.comparison import Row, Theirs, counts

_CSS = """\
:root{color-scheme:light dark;--ink:#1d1c1a;--soft:#57544d;--paper:#fbfaf7;--raised:#fff;\
--line:#dad6cc;--accent:#0b5a8a;--good:#1c6538;--warn:#7a4d00;--bad:#973410;--info:#0b5a8a}
@media (prefers-color-scheme:dark){:root{--ink:#ebe8e2;--soft:#b5b0a6;--paper:#16171a;\
--raised:#1f2125;--line:#3b3e45;--accent:#82c4f0;--good:#8fd6a6;--warn:#ecc46b;--bad:#f0a184;\
--info:#82c4f0}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;margin:0 auto;\
max-width:72rem;padding:2rem 1.25rem 4rem;color:var(--ink);background:var(--paper);\
overflow-wrap:anywhere}
h1{font-size:1.75rem;line-height:1.25;margin:.25rem 0 1.25rem}
h2{font-size:1.25rem;margin:2.75rem 0 .25rem;scroll-margin-top:1rem}
h3{font-size:1rem;margin:1.5rem 0 .25rem}
p{margin:.25rem 0}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.soft,small{color:var(--soft)}
small{font-size:.875rem}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:0;padding:0}
nav a,nav span{display:block;padding:.4rem .9rem;border:1px solid var(--line);border-radius:2rem;\
text-decoration:none;background:var(--raised);color:inherit}
nav a:hover{border-color:currentColor}
nav span{color:var(--soft)}
article{background:var(--raised);border:1px solid var(--line);\
border-inline-start:.3rem solid var(--soft);border-radius:.4rem;padding:.9rem 1.1rem;\
margin-top:.75rem;scroll-margin-top:1rem}
article h3{margin:0;font-weight:600}
.there{--kind:var(--good)}.unreferenced{--kind:var(--warn)}.different{--kind:var(--bad)}
.absent{--kind:var(--info)}.not-comparable{--kind:var(--soft)}
article[class]{border-inline-start-color:var(--kind)}
h2[class]::before,nav [class]::before{content:"";display:inline-block;width:.7em;height:.7em;\
border-radius:50%;background:var(--kind);margin-inline-end:.5em}
blockquote{margin:.5rem 0 0;padding-inline-start:.8rem;border-inline-start:2px solid var(--line);\
font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Noto Serif",Georgia,serif}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.35rem 1rem;margin:.75rem 0 0}
dt{color:var(--soft)}
dd{margin:0}
dd ul,details ul{margin:0;padding-inline-start:1.1rem}
dd li+li{margin-top:.35rem}
.match{font-weight:600}
details{margin-top:.35rem}
details article{margin-top:.5rem}
summary{cursor:pointer;color:var(--accent)}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
@media print{body{background:none;max-width:none;padding:0}article{break-inside:avoid}}
"""
# The style is the only thing that the page may use.
_CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

#: What a reader should look at first stands first.
_ORDER: Mapping[Outcome, str] = {
    Outcome.DIFFERENT: "Wikidata says something else, and both cannot be true.",
    Outcome.UNREFERENCED: "Wikidata has the statement, but no reference names a source.",
    Outcome.ABSENT: "Wikidata says nothing of it.",
    Outcome.THERE: "Wikidata has the statement, with a reference that names a source.",
    Outcome.NOT_COMPARABLE: "These claims cannot be statements of Wikidata.",
}
_SHOWN = 3


def comparison_page(title: str, table: Sequence[Row], language: str = "en") -> str:
    """A self-contained HTML page.

    Args:
        title: of the publication; shown, and escaped like all text.
        table: the comparison.
        language: language tag of the title; the page itself speaks English.
    """
    shown = escape(title)
    parts = [
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="color-scheme" content="light dark">\n',
        '<meta name="referrer" content="no-referrer">\n',
        f"<title>{shown}: compared with Wikidata</title>\n",
        f"<style>\n{_CSS}</style>\n</head>\n<body>\n<header>\n",
        f'<p class="soft">Compared with Wikidata</p>\n<h1 lang="{escape(language)}">{shown}</h1>\n',
        f"{_summary(table)}</header>\n<main>\n",
    ]
    for outcome, meaning in _ORDER.items():
        if rows := [row for row in table if row.outcome is outcome]:
            kind = _kind(outcome)
            head = f'<h2 id="{kind}" class="{kind}">{escape(_heading(outcome, len(rows)))}</h2>'
            parts.append(f'<section>\n{head}\n<p class="soft">{escape(meaning)}</p>\n')
            parts += map(_card, rows) if outcome is not Outcome.NOT_COMPARABLE else _others(rows)
            parts.append("</section>\n")
    if not table:
        parts.append("<p>There are no claims.</p>\n")
    return "".join([*parts, "</main>\n</body>\n</html>\n"])


def _summary(table: Sequence[Row]) -> str:
    """How many claims have each outcome, as links to them."""
    found = counts(table)
    entries = []
    for outcome in _ORDER:
        number, kind = found[str(outcome)], _kind(outcome)
        text = f"{number} {escape(outcome)}"
        inside = (
            f'<a class="{kind}" href="#{kind}">{text}</a>'
            if number
            else f'<span class="{kind}">{text}</span>'
        )
        entries.append(f"<li>{inside}</li>")
    return f'<nav aria-label="Outcomes"><ul>{"".join(entries)}</ul></nav>\n'


def _kind(outcome: Outcome) -> str:
    return str(outcome).replace(" ", "-")


def _heading(outcome: Outcome, number: int) -> str:
    return f"{str(outcome).capitalize()}: {number} claim{'' if number == 1 else 's'}"


def _others(rows: Iterable[Row]) -> list[str]:
    """What is not comparable, by the reason."""
    reasons: dict[str, list[Row]] = {}
    for row in rows:
        reasons.setdefault(row.reason or "", []).append(row)
    return [
        f"<details>\n<summary>{escape(reason)} <small>({len(found)})</small></summary>\n"
        f"{''.join(map(_card, found))}</details>\n"
        for reason, found in reasons.items()
    ]


def _card(row: Row) -> str:
    quotes = "".join(f"<blockquote>{escape(quote)}</blockquote>\n" for quote in row.quotes)
    theirs = _all_theirs(row) if row.outcome is not Outcome.NOT_COMPARABLE or row.theirs else ""
    notes = f"<dt>Note</dt><dd>{escape('; '.join(row.notes))}</dd>\n" if row.notes else ""
    return (
        f'<article id="{escape(_anchor(row))}" class="{_kind(row.outcome)}">\n'
        f"<h3>{_says(row)}</h3>\n<p><small>claim {escape(row.claim)}{_property(row)}</small></p>\n"
        f"{quotes}" + (f"<dl>\n{theirs}{notes}</dl>\n" if theirs or notes else "") + "</article>\n"
    )


def _all_theirs(row: Row) -> str:
    if not row.theirs:
        return "<dt>Wikidata says</dt><dd>nothing</dd>\n"
    first = row.theirs[:1] if row.theirs[0].match else row.theirs[:_SHOWN]
    rest = row.theirs[len(first) :]
    more = (
        f"<details><summary>and {len(rest)} more</summary>"
        f"<ul>{''.join(map(_theirs, rest))}</ul></details>"
        if rest
        else ""
    )
    return f"<dt>Wikidata says</dt><dd><ul>{''.join(map(_theirs, first))}</ul>{more}</dd>\n"


def _anchor(row: Row) -> str:
    return f"claim-{row.claim}-{row.pid}" if row.pid else f"claim-{row.claim}"


def _says(row: Row) -> str:
    during = f" ({escape(row.during)})" if row.during else ""
    item = f" <small>{_link(row.item)}</small>" if row.item else ""
    return (
        f"{escape(row.subject)}{item} <em>{escape(row.property)}</em> {escape(row.value)}{during}"
    )


def _property(row: Row) -> str:
    if not row.pid:
        return ""
    mapping = {"sub": "narrower than", "close": "only near"}.get(row.mapping or "", "on Wikidata")
    return f", {mapping} {_link(row.pid, property_=True)}"


def _theirs(one: Theirs) -> str:
    times = f" ({escape('; '.join(one.times))})" if one.times else ""
    facts = f"{one.agreement}, {one.timing}, rank {one.rank}"
    references = escape("; ".join(one.references) or "no reference")
    kind = ' class="match"' if one.match else ""
    return (
        f"<li><span{kind}>{escape(one.value)}{times}</span><br>"
        f"<small>{_link(one.item)} {_link(one.pid, property_=True)}: {escape(facts)}; "
        f"{references}</small></li>"
    )


def _link(id_: str, *, property_: bool = False) -> str:
    """A link to an entity; the address is made of letters and digits alone."""
    if not id_.isalnum() or not id_.isascii():
        return escape(id_)
    page: Mapping[bool, str] = {True: "Property:", False: ""}
    return f'<a href="https://www.wikidata.org/wiki/{page[property_]}{id_}">{id_}</a>'
