"""Style sheets of whole pages, made to apply within one element of a page of somebody else.

What is ours stands inside `.lod { … }` (CSS Nesting), so that it says nothing of the page around.
What asked for the window asks for that element: its width (CSS Containment 3), its colour scheme
(`light-dark()`, CSS Color 5), its size of letters (`--rem`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Comments, strings, and what structures a style sheet.
_TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
#: The elements of a page that a part has others for.
_WINDOW = re.compile(r"(?<![\w.#-])(?::root|html|body)(?![\w-])")
_MAIN = re.compile(r"(?<![\w.#-])main(?![\w-])")
_WIDTH = re.compile(r"@media\s*(\((?:min|max)-width:[^)]*\))")
_DARK = re.compile(r"@media\s*(?:screen and )?\(prefers-color-scheme:\s*dark\)")
_NO_SCRIPTS = re.compile(r"@media\s*\(scripting:\s*none\)")
_REM = re.compile(r"(?<![\w.])(-?\d*\.?\d+)rem\b")
_WIDE = re.compile(r"(?<![\w.])(\d*\.?\d+)vw\b")
_SCHEME = re.compile(r"(?<![\w-])color-scheme:[^;}]*;?\s*")
_PROPERTY = re.compile(r"(--[\w-]+):\s*([^;{}]+);")

#: What a rule says, and its declarations; None where it has no block.
_Rule = tuple[str, str | None]


def scoped(css: str) -> str:
    """A style sheet that applies within `.lod` alone.

    Args:
        css: style sheet of a whole page: rules, and `@media` that hold rules.

    Returns:
        The same within `.lod`. Rules for pages without scripts hold always; what is dark follows
        `color-scheme` of the page around it; `@page` is left out. Fonts and keyframes, which have
        names, stand beside it.

    >>> print(scoped("body { margin: 0 } @media (max-width: 9rem) { a { inset: -2rem } }"))
    .lod {
    & { margin: 0 }
    @container lod (max-width: 9rem) {
    a { inset: calc(-2 * var(--rem)) }
    }
    }
    <BLANKLINE>
    """
    rules = list(_rules(css))
    dark = _dark(rules)
    beside: list[str] = []
    lines = list(_within(rules, dark, beside))
    return "\n".join([*beside, ".lod {", *lines, "}", ""])


def _within(
    rules: list[_Rule], dark: dict[str, dict[str, str]], beside: list[str]
) -> Iterator[str]:
    """The rules as they stand within the element; what cannot stand there is added to `beside`."""
    for prelude, body in rules:
        if body is None or prelude.startswith("@page") or _DARK.fullmatch(prelude):
            continue
        if not prelude.startswith("@"):
            yield f"{_selectors(prelude)} {{{_declarations(body, dark.get(prelude, {}))}}}"
        elif _NO_SCRIPTS.fullmatch(prelude):
            yield from _within(list(_rules(body)), {}, beside)
        elif prelude.startswith(("@media", "@supports", "@container")):
            yield _WIDTH.sub(r"@container lod \1", prelude) + " {"
            yield from _within(list(_rules(body)), {}, beside)
            yield "}"
        else:
            beside.append(f"{prelude} {{{body}}}")


def _rules(css: str) -> Iterator[_Rule]:
    """The rules of a style sheet, or of what is inside of one, without comments."""
    css = _COMMENT.sub("", css)
    depth = start = opened = 0
    for token in _TOKEN.finditer(css):
        sign = token[0]
        if sign == "{":
            if depth == 0:
                opened = token.end()
            depth += 1
        elif sign == "}" and depth:
            depth -= 1
            if depth == 0:
                prelude = css[start : opened - 1]
                yield " ".join(prelude.split()), css[opened : token.start()]
                start = token.end()
        elif sign == ";" and depth == 0:
            yield " ".join(css[start : token.start()].split()), None
            start = token.end()


def _dark(rules: list[_Rule]) -> dict[str, dict[str, str]]:
    """The custom properties that are others where it is dark, by the selectors of their rules."""
    found: dict[str, dict[str, str]] = {}
    for prelude, body in rules:
        if body is not None and _DARK.fullmatch(prelude):
            for selectors, declarations in _rules(body):
                found.setdefault(selectors, {}).update(_PROPERTY.findall(declarations or ""))
    return found


def _selectors(selectors: str) -> str:
    return _MAIN.sub(".lod-main", _WINDOW.sub("&", selectors))


def _declarations(body: str, dark: dict[str, str]) -> str:
    def both(match: re.Match[str]) -> str:
        name, light = match.groups()
        if name not in dark:
            return match[0]
        return f"{name}: light-dark({light}, {dark[name]});"

    body = _WIDE.sub(r"\1cqi", _PROPERTY.sub(both, _SCHEME.sub("", body)))
    return _REM.sub(r"calc(\1 * var(--rem))", body)
