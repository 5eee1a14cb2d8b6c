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
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

import jinja2
import markupsafe
from jinja2 import nodes, runtime
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from jinja2.bccache import Bucket
    from jinja2.parser import Parser

    from lod.pages.interface import Words

#: What templates call the words of the interface.
_WORDS = "t"


def escape(value: object) -> str:
    """What a template writes, escaped as markupsafe does it; a plain string, made in less time.

    >>> escape('<a href="x">&')
    '&lt;a href=&#34;x&#34;&gt;&amp;'
    """
    if type(value) is str:
        text = value
        if "&" in text:
            text = text.replace("&", "&amp;")
        if "<" in text:
            text = text.replace("<", "&lt;")
        if ">" in text:
            text = text.replace(">", "&gt;")
        if '"' in text:
            text = text.replace('"', "&#34;")
        if "'" in text:
            text = text.replace("'", "&#39;")
        return text
    return value if type(value) is Markup else markupsafe.escape(value)


class Macro(runtime.Macro):
    """A macro, which is called in half the time where its arguments are given by their places."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        takes_more = self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller
        self._is_plain = not takes_more and self._default_autoescape is True

    @jinja2.pass_eval_context
    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Run it, as Jinja does."""
        lacking = self._argument_count - len(args)
        told = args and isinstance(args[0], nodes.EvalContext)
        if kwargs or told or lacking < 0 or not self._is_plain:
            done: str = super().__call__(*args, **kwargs)
            return done
        return Markup(self._func(*args, *(missing,) * lacking))  # noqa: S704 (it escapes)


class _Direct(CodeGenerator):
    """Calls what a template calls without a detour: no function of ours asks for its context."""

    def visit_Call(  # noqa: N802 (Jinja calls it so)
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        named = any(iskeyword(one.key) for one in node.kwargs)
        # Macros are told where nothing is escaped, by way of the context.
        escapes = frame.eval_ctx.autoescape and not frame.eval_ctx.volatile
        if named or node.dyn_args or node.dyn_kwargs or not escapes:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for one in (*node.args, *node.kwargs):
            self.visit(one, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


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

    code_generator_class = _Direct

    def __init__(self, words: Words, **options: Any) -> None:
        cache = _compiled(words.fingerprint)
        super().__init__(bytecode_cache=cache, extensions=[_Shared], **options)
        self._words = words
        self.globals[_WORDS] = words

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What every template is given, looked up in one place; set before the first of them."""
        return {**self.globals, **(d or {})}

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        code = super()._generate(source, name, filename, defer_init)
        return code.replace("\nname = ", f"\nfrom {__name__} import Macro, escape\nname = ", 1)

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
