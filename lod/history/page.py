"""The text of a web page: what a person reads of it, a paragraph a block."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from lod.patterns import lazy

_HTML = lazy(
    r"\ufeff?\s*(?:<\?xml\b[^>]*>\s*|<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|article|main)\b"
)
_SPACE = lazy(r"[ \t\n\r\f]+")
_LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "title", "nav", "footer", "aside", "form", "button",
     "svg", "figure", "iframe", "select", "textarea", "video", "audio", "canvas")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li",
     "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "hr", "address", "nav",
     "footer", "aside", "form", "figure")
)  # fmt: skip
#: Where a page says which part of it is the text.
_TEXTS = ("article", "main")
#: Elements that end where another begins beside them.
_ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr",),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "body": ("head",),
}
_ENDED = frozenset(("p", *(name for names in _ENDS.values() for name in names)))
_KNOWN = _BLOCKS | _LEFT_OUT | _ENDED
#: What stands for line breaks and for the beginnings of cells until a block is whole.
_MARKS = {"br": "\x00", "td": "\x01", "th": "\x01"}
_VOID = frozenset(("br", "hr", "img", "input", "link", "meta", "wbr", "source", "col", "area"))


def is_page(text: str) -> bool:
    """Whether a text is HTML, by how it begins.

    >>> is_page("<!DOCTYPE html><p>Trade grew."), is_page("Trade < imports")
    (True, False)
    """
    return _HTML.match(text[:4096].lower()) is not None


def page_text(html: str) -> str:
    r"""The text of a page: of its one `article` or `main` where it has one, else of all of it.

    Menus, scripts, pictures and what stands in `aside` are no text. A line break is one, the cells
    of a table row are divided by tabs, and blocks by an empty line.

    >>> page_text("<html><nav>Home</nav><article><h1>Trade</h1><p>It\n grew.<p>So.</article>")
    'Trade\n\nIt grew.\n\nSo.\n'
    """
    for part in (*_TEXTS, None):
        reader = _Reader(part)
        reader.feed(html)
        reader.close()
        if reader.blocks and (part is None or reader.count == 1):
            return "\n\n".join(reader.blocks) + "\n"
    return ""


class _Reader(HTMLParser):
    def __init__(self, part: str | None) -> None:
        super().__init__(convert_charrefs=True)
        self.part = part
        self.count = 0
        self.blocks: list[str] = []
        #: The elements that are open, as far as they matter, and whether each is left out.
        self._open: list[tuple[str, bool]] = []
        self._counts: Counter[str] = Counter()
        self._inside = 0
        self._hidden = 0
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_implied(tag)
        if tag == self.part:
            self.count += not self._inside
        if tag in _BLOCKS and not self._hidden:
            self._end_block()
        names = dict(attrs)
        is_left_out = tag in _LEFT_OUT or "hidden" in names or names.get("aria-hidden") == "true"
        # What is around the text leaves nothing out: some pages are one form.
        is_left_out &= self.part is None or self._inside > 0 or tag == self.part
        if tag not in _VOID and (is_left_out or tag in _KNOWN):
            self._open.append((tag, is_left_out))
            self._counts[tag] += 1
            self._inside += tag == self.part
            self._hidden += is_left_out
        if not self._hidden and tag in _MARKS:
            self._words.append(_MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        was_hidden = self._hidden > 0
        if self._counts[tag]:
            while self._end_element() != tag:
                pass
        if not was_hidden and tag in _BLOCKS:
            self._end_block()

    def _end_implied(self, tag: str) -> None:
        """End what ends where another element begins, though no tag says so."""
        ended = (*_ENDS.get(tag, ()), *(("p",) if tag in _BLOCKS else ()))
        for number, (name, _) in enumerate(reversed(self._open), 1):
            if name in ended:
                for _ in range(number):
                    self._end_element()
                return
            if name not in _ENDED:
                return

    def _end_element(self) -> str:
        tag, is_left_out = self._open.pop()
        self._counts[tag] -= 1
        self._inside -= tag == self.part
        self._hidden -= is_left_out
        return tag

    def handle_data(self, data: str) -> None:
        if not self._hidden and (self.part is None or self._inside):
            self._words.append(data.replace("\x00", "").replace("\x01", ""))

    def close(self) -> None:
        super().close()
        self._end_block()

    def _end_block(self) -> None:
        words = _SPACE.sub(" ", "".join(self._words))
        self._words = []
        lines = [
            "\t".join(cell.strip(" ") for cell in line.split("\x01")).strip("\t ")
            for line in words.split("\x00")
        ]
        if block := "\n".join(line for line in lines if line):
            self.blocks.append(block)
