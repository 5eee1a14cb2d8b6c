"""Renders pages from templates; a user's folder may hold templates that take the place of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lod.errors import InputError
from lod.site.interface import Words, direction
from lod.site.paths import link
from lod.site.safe_links import safe_link
from lod.site.texts import short, tab

if TYPE_CHECKING:
    from jinja2 import BytecodeCache
    from jinja2.bccache import Bucket

    from lod.site.site import Site

_FOLDER = Path(__file__).parent / "templates"
#: Characters that could end a script element, or a string in an old parser (HTML, section 4.12.1).
_IN_SCRIPT = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


class BrokenTemplateError(InputError):
    """A template cannot be used."""


def script_json(data: object) -> str:
    r"""JSON that may stand inside a `<script>` element.

    >>> script_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_IN_SCRIPT)


@cache
def _compiled() -> BytecodeCache:
    """Compiled templates of this process, each valid for its very source.

    Compiling all takes longer than the pages of a small publication.
    """
    from jinja2 import BytecodeCache

    class InMemory(BytecodeCache):
        def __init__(self) -> None:
            self._kept: dict[str, bytes] = {}

        def load_bytecode(self, bucket: Bucket) -> None:
            if bucket.key in self._kept:
                bucket.bytecode_from_string(self._kept[bucket.key])

        def dump_bytecode(self, bucket: Bucket) -> None:
            self._kept[bucket.key] = bucket.bytecode_to_string()

    return InMemory()


class Templates:
    """The templates of a site, with the words of its interface.

    Every value is escaped where it is written. A template is given `site`, `page` (its own path),
    `root` (the way up to the root of the site, "" or "../"…), `t` (words of the interface by name),
    `to` (relative link to a path of the site) and `direction` (of the script of a language). Beside
    those of Jinja there are the filters `script_json`, `safe_link` (None for what may not be a
    link), `short` (cuts what is too long for a heading), `tab` (the same for a title of a window),
    `number` (as the language groups it) and `by_language` (texts in several, that of the interface
    first).

    Args:
        words: the words of the interface.
        own: folder of templates that take the place of ours, or None.
    """

    def __init__(self, words: Words, own: Path | None = None) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined
        from markupsafe import Markup

        if own is not None and not own.is_dir():
            raise InputError(f"{own}: there is no such folder of templates")
        folders = [_FOLDER] if own is None else [own, _FOLDER]
        self.words = words
        self._environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_compiled(),
        )
        self._environment.filters["script_json"] = lambda data: Markup(script_json(data))  # noqa: S704 (escaped by script_json)
        self._environment.filters["safe_link"] = safe_link
        self._environment.filters["short"] = short
        self._environment.filters["tab"] = tab
        self._environment.filters["number"] = words.number
        self._environment.filters["by_language"] = self._by_language
        self._environment.globals.update(t=words, direction=direction)

    def _by_language(self, texts: Mapping[str, str]) -> list[tuple[str, str]]:
        """Texts with their languages, that of the interface first."""
        return sorted(texts.items(), key=lambda one: (one[0] != self.words.language, one[0]))

    def render(self, template: str, site: Site, page: str, /, **values: Any) -> bytes:
        """One page.

        Args:
            template: name of the template.
            site: the site.
            page: path of the page from the root of the site.
            values: what the template shows; a page that stands nowhere gives its own `root` and
                `to`.

        Returns:
            The page in UTF-8.

        Raises:
            BrokenTemplateError: a template is broken, or asks for what is not there.
        """
        from jinja2 import TemplateError

        def to(path: str) -> str:
            return link(page, path)

        own = {"site": site, "page": page, "root": "../" * page.count("/"), "to": to}
        try:
            text = self._environment.get_template(template).render({**own, **values})
        except TemplateError as error:
            where = f"{getattr(error, 'filename', None) or template}"
            line = getattr(error, "lineno", None)
            raise BrokenTemplateError(
                f"{where}{f':{line}' if line else ''}: the template cannot be used: {error}"
            ) from error
        return text.encode("utf-8", "surrogatepass")
