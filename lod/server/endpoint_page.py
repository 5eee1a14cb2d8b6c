"""The page of the endpoint: a form to ask a query."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape

_STYLE = """\
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
label{display:block;font-weight:600;margin:.75rem 0 .25rem}
textarea{width:100%;min-height:16rem;font:.95rem/1.4 ui-monospace,monospace;box-sizing:border-box}
select,button{font:inherit;padding:.4rem .8rem;min-height:2.75rem}
:focus-visible{outline:3px solid #2563eb;outline-offset:2px}
"""
_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_EXAMPLE = """SELECT ?claim ?label ?modality {
  ?claim a lod:Claim ; rdfs:label ?label ; lod:modality ?modality .
}
LIMIT 20"""
_FORMATS = (
    ("json", "JSON"),
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("xml", "XML"),
    ("turtle", "Turtle (graphs)"),
    ("json-ld", "JSON-LD (graphs)"),
)


def endpoint_page(base: str) -> bytes:
    """The page.

    Args:
        base: the IRI against which relative IRIs in queries are resolved, or "".
    """
    options = "".join(f'<option value="{name}">{label}</option>' for name, label in _FORMATS)
    relative = (
        f"<p>Relative IRIs are resolved against <code>{escape(base)}</code>.</p>" if base else ""
    )
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SPARQL endpoint</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>SPARQL endpoint</h1>
<p>Ask a query of the data. It only reads; the prefixes lod, rel, schema, prov, oa, skos, wd and
the like need no declaration.</p>
{relative}
<form action="/sparql" method="get">
<label for="query">Query</label>
<textarea id="query" name="query" spellcheck="false" required>{escape(_EXAMPLE)}</textarea>
<label for="format">Form of the result</label>
<select id="format" name="format">{options}</select>
<button type="submit">Ask</button>
</form>
</main>
</body>
</html>
""".encode()
