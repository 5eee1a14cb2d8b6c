"""Pictures for sharing: an SVG from a template, whose lines are measured here, drawn as PNG.

What draws says nothing of a letter that its fonts lack, and leaves a box: so every letter is looked
up first, and where one is missing there is no picture. The same card gives the same bytes with the
same version of what draws.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from lod.errors import MissingExtraError
from lod.pages.interface import direction
from lod.pages.texts import short
from lod.rdf.rdfxml import NO_CHAR

if TYPE_CHECKING:
    from lod.pages.render import Templates

#: Width and height of a picture in pixels: what social networks show whole.
WIDTH, HEIGHT = 1200, 630
#: Room for text at the left and right, in pixels.
_ROOM = WIDTH - 2 * 72
# Code points of a text that are looked at: more than all its lines have.
_LONGEST = 1_000
#: The packages that have the fonts, and what draws.
_FONTS, _DRAWS = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic"), "resvg_py"


class Card(Struct, frozen=True):
    """What a picture shows.

    Attributes:
        kicker: whose it is.
        heading: the title of a text, or the sentence of a claim, and its language.
        quote: the words that carry it, and their language.
        source: who says it, where and when.
        note: how it is meant, or "".
        warned: whether that is a denial, or taken back.
        foot: what the reader should know of all claims.
    """

    kicker: str
    heading: tuple[str, str | None]
    quote: tuple[str, str | None]
    source: str
    foot: str
    note: str = ""
    warned: bool = False


class Block(Struct, frozen=True):
    """Lines of text of one size.

    Attributes:
        lines: each fits into the width; each with the family of the font that it is drawn in.
        size: of the letters, in pixels.
        direction: "ltr" or "rtl".
    """

    lines: tuple[tuple[str, str], ...]
    size: int
    direction: str = "ltr"


class MissingLettersError(Exception):
    """No font here has all letters of a line.

    Args:
        letters: those that the last font lacks.
    """

    def __init__(self, letters: str) -> None:
        self.letters = letters
        super().__init__(f"no font has {letters}")


def can_draw() -> bool:
    """Whether the packages that draw, and their fonts, are installed."""
    from importlib.util import find_spec

    return all(find_spec(name) is not None for name in (_DRAWS, "fontTools", *_FONTS))


def drawing_version() -> str:
    """The versions of what draws, on which the bytes of pictures depend; "" without it."""
    from importlib.metadata import version

    if not can_draw():
        return ""
    return " ".join(version(name) for name in ("resvg-py", *(f.replace("_", "-") for f in _FONTS)))


def draw(card: Card, templates: Templates) -> bytes:
    """The picture of a card.

    Args:
        card: what it shows.
        templates: with `cards/picture.svg`.

    Returns:
        A PNG of `WIDTH` by `HEIGHT` pixels.

    Raises:
        MissingLettersError: no font has some letter of it.
        MissingExtraError: what draws is not installed.
    """
    if not can_draw():
        raise MissingExtraError(
            "this needs the packages that draw pictures", hint="pip install 'lod-facts[cards]'"
        )
    import resvg_py

    heading, quote = card.heading, card.quote
    svg = templates.fill(
        "cards/picture.svg",
        width=WIDTH,
        height=HEIGHT,
        kicker=_fitted(card.kicker, (30,), 1),
        heading=_fitted(heading[0], (64, 56, 48, 42), 3, direction(heading[1])),
        quote=_fitted(f"“{quote[0]}”", (34, 30), 3, direction(quote[1]), _ROOM - 40),
        source=_fitted(card.source, (28,), 1),
        note=_fitted(card.note, (26,), 1),
        warned=card.warned,
        foot=_fitted(card.foot, (22,), 1),
    )
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, skip_system_fonts=True, font_files=[file for file, _, _ in _fonts()]
        )
    )


@cache
def _fonts() -> tuple[tuple[str, str, dict[int, float]], ...]:
    """Each font: its file, its family, and the width of every letter in shares of its size."""
    from importlib import import_module

    from fontTools.ttLib import TTFont

    found = []
    for package in _FONTS:
        folder = Path(str(import_module(package).__file__)).parent / "files"
        for file in sorted(folder.glob("*.ttf")):
            if "Italic" in file.name:
                continue
            font = TTFont(file, lazy=True)
            widths, unit = font["hmtx"].metrics, font["head"].unitsPerEm
            letters = font.getBestCmap()
            own = {code: widths[glyph][0] / unit for code, glyph in letters.items()}
            found.append((str(file), str(font["name"].getDebugName(1)), own))
    return tuple(found)


@cache
def _widths() -> dict[int, float]:
    return {code: width for _, _, font in reversed(_fonts()) for code, width in font.items()}


def _lined(lines: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Lines, each with the family of the font that has all of its letters.

    One font a line, named here: a list of families would leave the choice to what draws, letter
    by letter.

    Raises:
        MissingLettersError: a line has letters that no font has together.
    """
    return tuple((line, _family(line)) for line in lines)


def _family(line: str) -> str:
    lacking = ""
    for _, family, font in _fonts():
        missing = sorted({one for one in line if ord(one) not in font and _is_drawn(one)})
        if not missing:
            return family
        lacking = "".join(missing)
    raise MissingLettersError(lacking)


def _is_drawn(letter: str) -> bool:
    """Whether a letter has a form of its own: not a space, a control or a mark of direction."""
    return unicodedata.category(letter) not in ("Cc", "Cf", "Zs", "Zl", "Zp")


def _fitted(
    text: str, sizes: Sequence[int], most: int, way: str = "ltr", room: int = _ROOM
) -> Block:
    """The text in the largest size in which it fits into so many lines, else cut.

    Args:
        text: on one line.
        sizes: that may be taken, the largest first, in pixels.
        most: lines.
        way: the direction of its language.
        room: width of a line in pixels.
    """
    text = NO_CHAR.sub("", text)  # they have no form, and SVG cannot hold them
    end = "…”" if text.endswith("”") else "…"
    text = short(text, _LONGEST)
    for size in sizes:
        lines = list(_wrapped(text.split(), room / size))
        if len(lines) <= most:
            return Block(_lined(lines), size, way)
    size = sizes[-1]
    lines = lines[:most]
    last = lines[-1]
    while _width(f"{last}…") * size > room:
        last = last[:-1].rstrip()
    lines[-1] = f"{last.rstrip(' ,;:.')}{end}"
    return Block(_lined(lines), size, way)


def _wrapped(words: Iterable[str], room: float) -> Iterable[str]:
    """Lines of words; a word that is longer than a line is broken."""
    line = ""
    for word in words:
        if line and _width(f"{line} {word}") > room:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while _width(line) > room:
            cut = next(n for n in range(len(line), 0, -1) if n == 1 or _width(line[:n]) <= room)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line


def _width(text: str) -> float:
    """The width of a text in shares of the size of its letters; joined letters are narrower."""
    known = _widths()
    return sum(known.get(ord(letter), 0.0) for letter in text)
