""".htaccess: from the IRI of a thing to its files, for w3id or for an Apache that serves the site.

An IRI is answered by 303 See Other with the address of the page, or of the data in the format that
the client likes best (RFC 9110, section 12.5.1; qualities are told apart to one decimal). The
parts of a claim lead to their place in its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.formats import FORMATS, JSON_LD, TRIG, TURTLE, Format
from lod.site.files import SiteFile
from lod.site.site import Site

_SLUG = "[a-z0-9]+(?:[-_][a-z0-9]+)*"
#: Things with files of their own; a folder may stand before them.
_THING = rf"document|build|text/[0-9a-f]+|entity/{_SLUG}|claim/{_SLUG}(?:/[0-9]+)?"
_GRAPH = rf"reported/{_SLUG}(?:/{_SLUG})*"
_CLAIM = rf"claim/{_SLUG}"
_PARTS = "value|share|change|comparedWith|period|with"
#: What the page and the downloads of the dataset describe.
_DATASET = "dataset|publisher|creator/[0-9]+"
_FOLDER = "^((?:.+/)?)"
_HTML = ("text/html", "application/xhtml+xml")
#: Parameters of a media type that are no quality.
_PARAMETERS = r"(?:\s*;(?!\s*q\s*=)[^,;]*)*"


def redirect_files(site: Site) -> Iterator[SiteFile]:
    """The file."""
    lines = [
        "# From the IRIs of the data to the files of the site. Use it where the IRIs are resolved:",
        "# in the folder at w3id, or on the site itself where Apache serves it.",
        "Options -MultiViews",
        *(f"AddType {one.media_type} .{one.extension}" for one in FORMATS),
        "AddType application/yaml .cff",
        "<Files void>",
        f"  ForceType {TURTLE.media_type}",
        "</Files>",
        *_headers(),
        "RewriteEngine On",
        "",
        *_wanted(),
        *_redirects(site.base),
    ]
    yield SiteFile(".htaccess", ("\n".join(lines) + "\n").encode("utf-8"))


def _headers() -> Iterator[str]:
    """Data may be read by scripts of other sites, and knows its landing page."""
    endings = "|".join(format_.extension for format_ in FORMATS)
    yield "<IfModule mod_headers.c>"
    yield "  Header always merge Vary Accept env=VARIES"
    yield f'  <FilesMatch "\\.(?:{endings})$">'
    yield '    Header set Access-Control-Allow-Origin "*"'
    yield "  </FilesMatch>"
    yield f'  <FilesMatch "^dataset\\.(?:{endings})$">'
    yield r'    Header set Link "<dataset.html>; rel=\"collection\"; type=\"text/html\""'
    yield "  </FilesMatch>"
    yield "</IfModule>"


def _wanted() -> Iterator[str]:
    """Find the media type that the client likes best: WANTED, and the ending of its files: EXT."""
    every = "|".join(_HTML_NAMES + [name for one in FORMATS for name in _names(one)])
    start = r"(?:^|,)\s*"
    yield "# What the client likes best: a page where it likes that as much as anything, then what"
    yield "# it names first."
    yield from _if_unset(rf"{start}({'|'.join(_HTML_NAMES)}){_PARAMETERS}\s*(?:,|$|;\s*q\s*=\s*1)")
    yield from _if_unset(rf"{start}({every}){_PARAMETERS}\s*(?:,|$|;\s*q\s*=\s*1)")
    for tenth in range(9, -1, -1):
        # What is given less than a tenth is still more than nothing.
        digits = str(tenth) if tenth else r"0[0-9]*[1-9]"
        yield from _if_unset(rf"{start}({every}){_PARAMETERS}\s*;\s*q\s*=\s*0\.{digits}")
    yield "RewriteRule ^ - [E=EXT:html]"
    for format_ in FORMATS:
        yield f'RewriteCond %{{ENV:WANTED}} "^(?:{"|".join(_names(format_))})$" [NC]'
        yield f"RewriteRule ^ - [E=EXT:{format_.extension}]"
    yield ""


def _if_unset(pattern: str) -> Iterator[str]:
    yield "RewriteCond %{ENV:WANTED} ^$"
    yield f'RewriteCond %{{HTTP_ACCEPT}} "{pattern}" [NC]'
    yield "RewriteRule ^ - [E=WANTED:%1]"


def _redirects(base: str) -> Iterator[str]:
    # In a target `$` and `%` stand for what was matched.
    to = re.sub(r"([$%\\])", r"\\\1", base)
    yield "# The dataset, and what is described with it."
    yield f"RewriteRule {_FOLDER}(?:{_DATASET})$ {to}$1dataset.%{{ENV:EXT}} [R=303,L,E=VARIES:1]"
    yield "# The other things have fewer formats: who wants any other data is given Turtle."
    yield from _instead(TRIG, JSON_LD)
    yield f"RewriteRule {_FOLDER}({_GRAPH})$ {to}$1$2.%{{ENV:EXT}} [R=303,L,E=VARIES:1]"
    yield from _instead(JSON_LD)
    yield f"RewriteRule {_FOLDER}({_THING})$ {to}$1$2.%{{ENV:EXT}} [R=303,L,E=VARIES:1]"
    yield "# A part of a claim: its place in the page, or the data of the claim."
    yield "RewriteCond %{ENV:EXT} !=html"
    yield (
        f"RewriteRule {_FOLDER}({_CLAIM})/(?:anchor/[0-9]+|{_PARTS})(?:/.*)?$ "
        f"{to}$1$2.%{{ENV:EXT}} [R=303,L,E=VARIES:1]"
    )
    yield (
        f"RewriteRule {_FOLDER}({_CLAIM})/anchor/([0-9]+)(?:/.*)?$ "
        f"{to}$1$2.html#anchor-$3 [R=303,L,NE,E=VARIES:1]"
    )
    yield (
        f"RewriteRule {_FOLDER}({_CLAIM})/({_PARTS})(?:/.*)?$ "
        f"{to}$1$2.html#$3 [R=303,L,NE,E=VARIES:1]"
    )


def _instead(*formats: Format) -> Iterator[str]:
    """Turtle, where the format that is wanted is none of these and no page."""
    endings = "|".join(["html", *(format_.extension for format_ in formats)])
    yield f'RewriteCond %{{ENV:EXT}} "!^(?:{endings})$"'
    yield f"RewriteRule ^ - [E=EXT:{TURTLE.extension}]"


def _names(format_: Format) -> list[str]:
    """The media types of a format, for a pattern."""
    return [_escaped(name) for name in (format_.media_type, *format_.other_media_types)]


def _escaped(name: str) -> str:
    return name.replace(".", r"\.").replace("+", r"\+")


_HTML_NAMES = [_escaped(name) for name in _HTML]
