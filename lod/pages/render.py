"""Renders pages from templates; a user's folder may hold templates that take the place of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lod.errors import InputError
from lod.language.data import term_phrases
from lod.pages.interface import Words, direction
from lod.pages.names import Links
from lod.pages.texts import safe_link, short, tab

if TYPE_CHECKING:
    from lod.vocabulary.terms import Term


#: Our templates, and our style sheets and scripts.
TEMPLATES, ASSETS = (Path(__file__).parent / name for name in ("templates", "assets"))
#: Characters that could end a script element, or a string in an old parser (HTML, section 4.12.1).
_IN_SCRIPT = {c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Frame(Protocol):
    """What `base.html` and its parts say of the site that a page belongs to."""

    @property
    def title(self) -> str:
        """Of the site."""

    @property
    def picture(self) -> str | None:
        """The picture for sharing pages that have none of their own: its path, or None."""

    def address(self, path: str) -> str:
        """The absolute address of a file of the site."""

    @property
    def brand(self) -> str:
        """What stands at the top of every page."""

    @property
    def folder(self) -> str:
        """Where the publication stands in it, "" or ending with "/"."""

    @property
    def publication(self) -> str | None:
        """Title of the publication that the page belongs to, or None."""

    @property
    def several(self) -> bool:
        """Whether it holds several publications."""

    @property
    def full_data(self) -> bool:
        """Whether each thing of a publication has data files of its own."""

    @property
    def has_query(self) -> bool:
        """Whether there is a page to query the data."""


#: Of how many folders the links are kept.
_MOST_FOLDERS = 64


class BrokenTemplateError(InputError):
    """A template cannot be used."""


def script_json(data: object) -> str:
    r"""JSON that may stand inside a `<script>` element.

    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = _JSON(data)
    for character, escaped in _IN_SCRIPT.items():
        if character in text:
            text = text.replace(character, escaped)
    return text


def element_text(text: str) -> str:
    """Text that may stand in an element: there quotation marks are characters like others.

    HTML (section 13.1.2) forbids no more in normal elements.

    >>> element_text('a < "b" && c > d')
    'a &lt; "b" &amp;&amp; c > d'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _and_elsewhere(phrases: Mapping[str, str], term: Term, kind: str) -> Mapping[str, str]:
    """The phrases of a term with those that stand with the languages."""
    return {**term_phrases(term.iri, kind), **phrases}


class Templates:
    """The templates of a site, with the words of its interface.

    Every value is escaped where it is written. A template is given `site`, `page` (its own path),
    `root` (the way up to the root of the site, "" or "../"…), `t` (words of the interface by name),
    `to` (relative link to a path of the site) and `direction` (of the script of a language). Beside
    those of Jinja there are the filters `script_json`, `text` (escapes what must not stand in an
    element, and not quotation marks), `safe_link` (None for what may not be a
    link), `short` (cuts what is too long for a heading), `tab` (the same for a title of a window),
    `number` (as the language groups it), `marks` (digits that are in English marks, likewise),
    `by_language` (texts in several, that of the interface first) and `and_elsewhere` (phrases of a
    term with those that stand with the languages).

    Args:
        words: the words of the interface.
        own: folder of templates that take the place of ours, or None.
        frame: folder below ours whose templates come before all others, or "".
    """

    def __init__(self, words: Words, own: Path | None = None, frame: str = "") -> None:
        from jinja2 import FileSystemLoader, StrictUndefined
        from markupsafe import Markup

        from lod.pages.compiled import Environment

        if own is not None and not own.is_dir():
            raise InputError(f"{own}: there is no such folder of templates")
        folders = [TEMPLATES] if own is None else [own, TEMPLATES]
        if frame:
            folders.insert(0, TEMPLATES / frame)
        self.words = words
        # Of templates of somebody else it is not known what they depend on.
        self._shares = own is None
        self._site: Frame | None = None
        self._links: dict[str, Links] = {}
        self._environment = Environment(
            words,
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self._environment.filters.update(
            script_json=lambda data: Markup(script_json(data)),  # noqa: S704 (escaped by script_json)
            text=lambda text: Markup(element_text(text)),  # noqa: S704 (escaped by element_text)
            safe_link=safe_link,
            short=short,
            tab=tab,
            number=words.number,
            marks=words.marks,
            by_language=self._by_language,
            and_elsewhere=_and_elsewhere,
        )
        self._environment.globals["direction"] = direction

    def _by_language(self, texts: Mapping[str, str]) -> list[tuple[str, str]]:
        """Texts with their languages, that of the interface first."""
        return sorted(texts.items(), key=lambda one: (one[0] != self.words.language, one[0]))

    def _links_of(self, site: Frame, folder: str) -> Links:
        """The links from a folder of a site; those of another site are forgotten."""
        if site is not self._site or len(self._links) >= _MOST_FOLDERS:
            self._site, self._links = site, {}
        found = self._links.get(folder)
        if found is None:
            found = self._links[folder] = Links(folder, shares=self._shares)
        return found

    def fill(self, template: str, /, **values: Any) -> str:
        """A page that stands alone: all that the template is given are these values.

        Args:
            template: name of the template.
            values: what it shows.

        Raises:
            BrokenTemplateError: a template is broken, or asks for what is not there.
        """
        from jinja2 import TemplateError

        try:
            return self._environment.get_template(template).render(values)
        except TemplateError as error:
            where = f"{getattr(error, 'filename', None) or template}"
            line = getattr(error, "lineno", None)
            raise BrokenTemplateError(
                f"{where}{f':{line}' if line else ''}: the template cannot be used: {error}"
            ) from error

    def render(self, template: str, site: Frame, page: str, /, **values: Any) -> bytes:
        """A page in the frame of a site.

        Args:
            template: name of the template.
            site: what the frame says of the site.
            page: path of the page from the root of the site.
            values: what the template shows; a page that stands nowhere gives its own `root` and
                `to`.

        Returns:
            The page in UTF-8.

        Raises:
            BrokenTemplateError: a template is broken, or asks for what is not there.
        """
        own = {
            "site": site,
            "page": page,
            "root": "../" * page.count("/"),
            "to": self._links_of(site, page.rpartition("/")[0]),
        }
        text = self.fill(template, **{**own, **values})
        # A carriage return that stands for itself is read as a line feed, or as nothing before
        # one; offsets count it.
        return text.replace("\r", "&#13;").encode("utf-8", "surrogatepass")
