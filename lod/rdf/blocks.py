"""A long text that is made and read piece by piece, and is never held as one string."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

#: Code points of a block, as far as its parts let it be so long.
SIZE = 1 << 18


class Blocks:
    """A text in blocks of whole parts, each UTF-8.

    Of a string with one character that is not Latin-1, Python keeps every character in two bytes
    or four. A short text is no more than the string that it is.

    Args:
        text: what it begins with.

    >>> text = Blocks("one ")
    >>> text.add("two")
    >>> len(text), str(text), list(text.encoded())
    (7, 'one two', [b'one two'])
    """

    __slots__ = ("_done", "_length", "_parts", "_size")

    def __init__(self, text: str = "") -> None:
        self._done: list[bytes] = []
        self._parts = [text] if text else []
        self._size = self._length = len(text)

    def add(self, part: str) -> None:
        """Append a part, which stands in one block."""
        self._parts.append(part)
        self._size += len(part)
        self._length += len(part)
        if self._size >= SIZE:
            self._done.append("".join(self._parts).encode("utf-8"))
            self._parts.clear()
            self._size = 0

    def extend(self, parts: Iterable[str]) -> None:
        """Append parts."""
        for part in parts:
            self.add(part)

    def followed_by(self, parts: Iterable[str]) -> Blocks:
        """A text of its own: this one, then some parts."""
        both = Blocks()
        both._done = self._done.copy()
        both._parts = self._parts.copy()
        both._size, both._length = self._size, self._length
        both.extend(parts)
        return both

    def begin(self, head: str) -> None:
        """Put a text before all others: one that is known last."""
        self._length += len(head)
        if self._done:
            self._done.insert(0, head.encode("utf-8"))
        else:
            self._parts.insert(0, head)
            self._size += len(head)

    def __len__(self) -> int:
        """Code points."""
        return self._length

    def __iter__(self) -> Iterator[str]:
        """The blocks, one after another."""
        for block in self._done:
            yield block.decode("utf-8")
        if last := self._last():
            yield last

    def encoded(self) -> Iterator[bytes]:
        """The blocks as UTF-8."""
        yield from self._done
        if last := self._last():
            yield last.encode("utf-8")

    def _last(self) -> str:
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def __str__(self) -> str:
        """The whole text."""
        return "".join(self) if self._done else self._last()
