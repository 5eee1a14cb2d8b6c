""".htaccess: from the IRI of a thing to its files, for w3id or for an Apache that serves the site.

An IRI is answered by 303 See Other with the address of the page, or of the data in the format that
the client likes best (RFC 9110, section 12.5.1; qualities are told apart to one decimal). The
parts of a claim lead to their place in its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lod.profiles import profiles
from lod.rdf.formats import FORMATS, TURTLE
from lod.site.files import SiteFile
from lod.site.site import Site

_SLUG = "[a-z0-9]+(?:[-_][a-z0-9]+)*"
#: Things with files of their own; a folder may stand before them.
_THING = rf"document(?:/{_SLUG})?|build|text/[0-9a-f]+|entity/{_SLUG}|claim/{_SLUG}(?:/[0-9]+)?"
_GRAPH = rf"reported/{_SLUG}(?:/{_SLUG})*"
_CLAIM = rf"claim/{_SLUG}"
_HTML = ("text/html", "application/xhtml+xml")
#: Parameters of a media type that are no quality.
_PARAMETERS = r"(?:\s*;(?!\s*q\s*=)[^,;]*)*"


def redirect_files(site: Site) -> Iterator[SiteFile]:
    """The file."""
    names = {one: _pattern(one.media_type, *one.other_media_types) for one in FORMATS}
    html = _pattern(*_HTML)
    text = site.templates.fill(
        "data/htaccess.txt",
        formats=FORMATS,
        turtle=TURTLE,
        built=[one.extensions[0] for one in profiles().values() if one.by_default],
        usual=[one.extensions[0] for one in profiles().values() if one.by_site],
        full_data=site.full_data,
        names=names,
        wanted=list(_wanted(html, "|".join([html, *names.values()]))),
        # In a target `$` and `%` stand for what was matched.
        base=re.sub(r"([$%\\])", r"\\\1", site.base),
        graph=_GRAPH,
        thing=_THING,
        claim=_CLAIM,
    )
    yield SiteFile(".htaccess", text.encode("utf-8"))


def _wanted(html: str, every: str) -> Iterator[str]:
    """What finds the media type that the client likes best, in the order of asking."""
    start = r"(?:^|,)\s*"
    for names in (html, every):
        yield rf"{start}({names}){_PARAMETERS}\s*(?:,|$|;\s*q\s*=\s*1)"
    for tenth in range(9, -1, -1):
        # What is given less than a tenth is still more than nothing.
        digits = str(tenth) if tenth else r"0[0-9]*[1-9]"
        yield rf"{start}({every}){_PARAMETERS}\s*;\s*q\s*=\s*0\.{digits}"


def _pattern(*names: str) -> str:
    """Media types as a pattern."""
    return "|".join(name.replace(".", r"\.").replace("+", r"\+") for name in names)
