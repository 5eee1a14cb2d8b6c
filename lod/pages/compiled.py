"""How templates are compiled: once a process, with the words of the interface already in them.

Most of what a page is made of are words that are the same on every page. `t("pages.cite")` is
looked up when a template is compiled, so that they stand in it as if they had been written there.

What is the same on all pages of a folder, such as the menu, is made once for them all:
`{% shared to %}…{% endshared %}`, where `to` are the links of the page. What it depends on else
follows: `{% shared to, page %}`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.visitor import NodeTransformer

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2.bccache import Bucket
    from jinja2.parser import Parser

    from lod.pages.interface import Words

#: What templates call the words of the interface.
_WORDS = "t"


class _Shared(Extension):
    """`{% shared to %}`."""

    tags = frozenset({"shared"})  # type: ignore[assignment]  # Jinja reads it alone

    def parse(self, parser: Parser) -> nodes.Node:
        """The block as a call of `_once`, which is given its place, so that each is known."""
        line = next(parser.stream).lineno
        given = parser.parse_tuple()
        links, *more = given.items if isinstance(given, nodes.Tuple) else [given]
        body = parser.parse_statements(("name:endshared",), drop_needle=True)
        key = nodes.Tuple([nodes.Const(f"{parser.name}:{line}"), *more], "load")
        call = self.call_method("_once", [links, key])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def _once(self, links: object, key: object, caller: Callable[[], str]) -> str:
        kept: dict[object, str] | None = getattr(links, "kept", None)
        if kept is None:
            return caller()
        if key not in kept:
            kept[key] = caller()
        return kept[key]


class Environment(jinja2.Environment):
    """Templates whose words of the interface are those of one language.

    Args:
        words: of the interface.
        options: those of Jinja.
    """

    def __init__(self, words: Words, **options: Any) -> None:
        cache = _compiled(words.fingerprint)
        super().__init__(bytecode_cache=cache, extensions=[_Shared], **options)
        self._words = words
        self.globals[_WORDS] = words

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if _WORDS in _given(template):
            # A template of somebody else means another thing by this name.
            return template
        found: nodes.Template = _Filled(self._words).visit(template)
        return found


def _given(template: nodes.Template) -> Iterator[str]:
    """The names that a template itself gives to something."""
    for one in template.find_all((nodes.Name, nodes.Macro, nodes.Import, nodes.FromImport)):
        match one:
            case nodes.Name() if one.ctx != "load":
                yield one.name
            case nodes.Macro():
                yield one.name
            case nodes.Import():
                yield one.target
            case nodes.FromImport():
                yield from (name if isinstance(name, str) else name[1] for name in one.names)


class _Filled(NodeTransformer):
    """Puts words in the place of what asks for them by a name that is written there."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (Jinja calls it so)
        self.generic_visit(node)
        asks = isinstance(node.node, nodes.Name) and node.node.name == _WORDS
        if not asks or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        (name,) = node.args
        if not isinstance(name, nodes.Const) or name.value not in self._words:
            return node
        return nodes.Const(self._words(name.value), lineno=node.lineno)


class _InMemory(jinja2.BytecodeCache):
    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled(words: str) -> _InMemory:
    """Compiled templates of this process with some words, each valid for its very source.

    Compiling all takes longer than the pages of a small publication.
    """
    return _InMemory()
