"""The text of a web page: what a person reads of it, a paragraph a block."""

from __future__ import annotations

from html.parser import HTMLParser

from lod.patterns import lazy

_HTML = lazy(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main)\b")
_SPACE = lazy(r"[ \t\n\r\f]+")
_LEFT_OUT = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "footer", "aside", "form", "button",
     "svg", "figure", "iframe", "select", "textarea")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li",
     "ul", "ol", "dl", "dt", "dd", "blockquote", "pre", "table", "tr", "hr", "address")
)  # fmt: skip
#: Where a page says which part of it is the text.
_TEXTS = ("article", "main")
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
        self._inside = 0
        self._hidden: list[str] = []
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.part:
            self.count += not self._inside
            self._inside += 1
        names = dict(attrs)
        if tag in _LEFT_OUT or (
            tag not in _VOID and ("hidden" in names or names.get("aria-hidden") == "true")
        ):
            if tag not in _VOID:
                self._hidden.append(tag)
        elif self._hidden and tag in self._hidden:
            self._hidden.append(tag)
        elif tag == "br":
            self._words.append("\x00")
        elif tag in ("td", "th"):
            self._words.append("\x01")
        elif tag in _BLOCKS:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            while self._hidden.pop() != tag:
                pass
        elif tag in _BLOCKS:
            self._end_block()
        if tag == self.part and self._inside:
            self._inside -= 1

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
