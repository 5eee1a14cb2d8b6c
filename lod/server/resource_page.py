"""The page about a thing in a store: plain HTML that needs neither script nor picture."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from hashlib import sha256
from html import escape

from lod.namespaces import PREFIXES, shrink
from lod.server.resource import Resource, Statement, Value, is_reported

_STYLE = """\
:root{color-scheme:light dark;background:#fff;color:#111827}
body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:0 auto;padding:1rem}
a{color:#1d4ed8}
@media (prefers-color-scheme:dark){:root{background:#111827;color:#f3f4f6}a{color:#93c5fd}}
h1{font-size:1.5rem;line-height:1.25}
h2{font-size:1.2rem;margin-top:2rem}
code{overflow-wrap:anywhere}
dl{display:grid;grid-template-columns:minmax(8rem,16rem) 1fr;gap:.25rem 1rem}
dt{font-weight:600;overflow-wrap:anywhere}
dd{grid-column:2;margin:0;overflow-wrap:anywhere}
:focus-visible{outline:3px solid #2563eb;outline-offset:2px}
:target{outline:2px solid #2563eb;outline-offset:4px}
@media (max-width:40rem){dl{display:block}dd{margin:0 0 .5rem 1rem}}
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
#: From an IRI to the address that is linked, or None where there is none that may be.
Address = Callable[[str], str | None]


def page(title: str, content: str, links: Iterable[tuple[str, str]] = ()) -> bytes:
    """A whole page.

    Args:
        title: text, not HTML.
        content: HTML of the main part.
        links: media type and address of the same in other forms.
    """
    others = "".join(
        f'<link rel="alternate" type="{escape(kind)}" href="{escape(place)}">\n'
        for kind, place in links
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n{others}<style>{_STYLE}</style>\n</head>\n<body>\n"
        '<header><nav aria-label="Site"><a href="/">Start</a> · '
        '<a href="/sparql">SPARQL</a></nav></header>\n'
        f"<main>\n{content}</main>\n</body>\n</html>\n"
    ).encode()


def resource_page(
    resource: Resource, address: Address, others: Iterable[tuple[str, str, str]]
) -> bytes:
    """The page about a thing.

    Args:
        resource: what is known of it.
        address: where IRIs are linked to.
        others: label, media type and address of the same in other forms.
    """
    others = list(others)
    title = resource.labels.get(resource.iri) or shrink(resource.iri)
    forms = " · ".join(f'<a href="{escape(to)}">{escape(label)}</a>' for label, _, to in others)
    parts = [
        f"<h1>{escape(title)}</h1>\n<p><code>{escape(resource.iri)}</code></p>\n",
        f"<p>As data: {forms}</p>\n" if forms else "",
    ]
    for subject, said in _by_subject(resource.described).items():
        if subject != resource.iri:
            local = subject[len(resource.iri) + 1 :]
            parts.append(f'<h2 id="{escape(local.replace("/", "-"))}">{escape(local)}</h2>\n')
        parts.append(_list([(one.predicate, one.object) for one in said], resource, address))
    reported = [one for one in resource.statements if is_reported(one.graph)]
    if reported:
        parts.append("<h2>What is reported of it</h2>\n")
        for graph in sorted({one.graph for one in reported}):
            said = [one for one in reported if one.graph == graph]
            name = _iri(graph, resource, address)
            parts.append(f"<p>By {name}:</p>\n")
            parts.append(_list([(one.predicate, one.object) for one in said], resource, address))
    if resource.references:
        parts.append("<h2>What refers to it</h2>\n")
        pairs = [(one.predicate, Value("uri", one.subject)) for one in resource.references]
        parts.append(_list(sorted(set(pairs), key=str), resource, address))
    return page(title, "".join(parts), [(kind, to) for _, kind, to in others])


def _by_subject(statements: list[Statement]) -> dict[str, list[Statement]]:
    grouped: dict[str, list[Statement]] = {}
    for one in statements:
        grouped.setdefault(one.subject, []).append(one)
    return grouped


def _list(pairs: list[tuple[str, Value]], resource: Resource, address: Address) -> str:
    grouped: dict[str, list[Value]] = {}
    for predicate, value in pairs:
        grouped.setdefault(predicate, []).append(value)
    rows = []
    for predicate, values in grouped.items():
        name = escape(shrink(predicate, PREFIXES))
        rows.append(f"<dt>{_link(predicate, name, address)}</dt>\n")
        rows += [f"<dd>{_value(value, resource, address)}</dd>\n" for value in values]
    return f"<dl>\n{''.join(rows)}</dl>\n"


def _value(value: Value, resource: Resource, address: Address) -> str:
    if value.kind == "uri":
        return _iri(value.text, resource, address)
    text = escape(value.text)
    if value.language:
        return f'<span lang="{escape(value.language)}" dir="auto">{text}</span>'
    return f'<span dir="auto">{text}</span>'


def _iri(iri: str, resource: Resource, address: Address) -> str:
    if iri.startswith(f"{resource.iri}/") and any(one.subject == iri for one in resource.described):
        part = iri[len(resource.iri) + 1 :]  # which is on this page
        return f'<a href="#{escape(part.replace("/", "-"))}">{escape(part)}</a>'
    label = resource.labels.get(iri) or shrink(iri)
    return _link(iri, f'<span dir="auto">{escape(label)}</span>', address)


def _link(iri: str, html: str, address: Address) -> str:
    place = address(iri)
    return html if place is None else f'<a href="{escape(place)}">{html}</a>'
