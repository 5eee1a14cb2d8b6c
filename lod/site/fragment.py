"""Parts of pages without a page around them, for the templates of another site: `--fragment`.

A page `claim/x.html` becomes `claim/x.html`, what is shown, and `claim/x.head`, what belongs into
the head. Both are plain HTML in which no template language finds anything to do: no brace stands in
them as it is.
"""

from __future__ import annotations

import html
import json
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, overload

from lod.errors import InputError
from lod.pages.render import TEMPLATES
from lod.pages.scoped import scoped
from lod.site.files import SiteFile, StreamedFile

if TYPE_CHECKING:
    from lod.site.site import Site

#: Between the head and what is shown (`fragment/base.html`). Nothing of a publication is a comment.
_END_OF_HEAD = "<!--lod: end of the head-->\n"
#: Style sheets and scripts of pages that need scripts, and those are left out.
_LEFT_OUT = re.compile(r"assets/(?:.*\.js|(?:search|query)\.css)")
#: A relative link of a page; templates write all attributes in double quotation marks.
_LINK = re.compile(r'(\s(?:href|src|action)=")(?![/#"]|[A-Za-z][A-Za-z0-9+.-]*:)([^"]*)"')
_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.DOTALL)
_JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description"[^>]* content="([^"]*)">')
#: Says which parts there are.
INDEX = "parts.json"
HEAD = ".head"


def check_base_path(path: str | None) -> None:
    """Refuse what links cannot begin with.

    Raises:
        InputError: it does not begin and end with "/", or it is more than a path.
    """
    if path is not None and not re.fullmatch(r"/(?:[A-Za-z0-9._~%!$&'()*+,;=:@-]+/)*", path):
        raise InputError(
            f"the base path {path} is no path that begins and ends with a slash",
            hint="give the place of the parts on the host, as /facts/",
        )


@overload
def in_parts(files: Iterable[SiteFile], site: Site) -> Iterator[SiteFile]: ...
@overload
def in_parts(
    files: Iterable[SiteFile | StreamedFile], site: Site
) -> Iterator[SiteFile | StreamedFile]: ...
def in_parts(
    files: Iterable[SiteFile | StreamedFile], site: Site
) -> Iterator[SiteFile | StreamedFile]:
    """The files of a site, its pages taken apart where parts were asked for.

    Args:
        files: of a site; what no template of pages made is left as it is.
        site: the site.
    """
    for file in files:
        if not site.options.fragment or isinstance(file, StreamedFile):
            yield file
        elif file.path.startswith("assets/"):
            yield from _asset(file)
        elif file.path.endswith(".html"):
            yield from _page(file, site.options.base_path)
        else:
            yield file


def _asset(file: SiteFile) -> Iterator[SiteFile]:
    if _LEFT_OUT.fullmatch(file.path):
        return
    # Cards are whole pages, which are shown in a frame.
    if file.path.endswith(".css") and file.path != "assets/card.css":
        file = SiteFile(file.path, scoped(file.content.decode("utf-8")).encode("utf-8"))
    yield file
    if file.path == "assets/site.css":
        own = (TEMPLATES / "fragment" / "fragment.css").read_bytes()
        yield SiteFile("assets/fragment.css", own)


def _page(file: SiteFile, base_path: str | None) -> Iterator[SiteFile]:
    text = file.content.decode("utf-8", "surrogatepass")
    head, found, body = text.partition(_END_OF_HEAD)
    if not found:
        yield file
        return
    for path, part in ((file.path, body), (file.path.removesuffix(".html") + HEAD, head)):
        placed = part
        if base_path is not None:
            placed = _LINK.sub(lambda link: _placed(link, file.path, base_path), part)
        content = without_braces(placed).encode("utf-8", "surrogatepass")
        yield SiteFile(path, content, listed=file.listed and path == file.path)


def _placed(link: re.Match[str], page: str, base_path: str) -> str:
    """A relative link as one that begins with the base path."""
    path, sign, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", link[2], re.DOTALL).groups()  # type: ignore[union-attr]  # it fits any text
    there = posixpath.normpath(posixpath.join("/", posixpath.dirname(page), path or page))
    slash = "/" if path.endswith("/") and there != "/" else ""
    return f'{link[1]}{base_path}{there[1:]}{slash}{sign}{rest}"'


def without_braces(text: str) -> str:
    r"""HTML that means the same, without what template languages look for.

    Args:
        text: HTML whose scripts are data in JSON without white space.

    >>> without_braces('<p title="{{ a }}">{% b %}</p>')
    '<p title="&#123;&#123; a }}">&#123;% b %}</p>'
    >>> without_braces('<script type="application/ld+json">{"a":{"b":"{{"}}</script>')
    '<script type="application/ld+json">{"a":{"b":"\\u007b\\u007b"}}</script>'
    """
    parts = _SCRIPT.split(text)
    for number, part in enumerate(parts):
        if number % 2:
            parts[number] = _JSON_STRING.sub(lambda one: one[0].replace("{", r"\u007b"), part)
        else:
            parts[number] = part.replace("{", "&#123;")
    return "".join(parts)


class PartsIndex:
    """Notes which parts a site has, while they are written."""

    def __init__(self) -> None:
        self._parts: list[dict[str, str]] = []

    def note(self, file: SiteFile | StreamedFile) -> None:
        """Note a file, if it is the head of a part."""
        if isinstance(file, StreamedFile) or not file.path.endswith(HEAD):
            return
        head = file.content.decode("utf-8", "surrogatepass")
        part = {"path": file.path.removesuffix(HEAD) + ".html", "head": file.path}
        for name, pattern in (("title", _TITLE), ("description", _DESCRIPTION)):
            if found := pattern.search(head):
                part[name] = " ".join(html.unescape(found[1]).split())
        self._parts.append(part)

    def file(self) -> SiteFile:
        """`parts.json`: path, head, title and description of each part, by path."""
        parts = sorted(self._parts, key=lambda part: part["path"])
        text = json.dumps(parts, ensure_ascii=False, indent=1) + "\n"
        return SiteFile(INDEX, text.encode("utf-8", "surrogatepass"))
