"""Reads single values of a facts file: each method takes a node and reports what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lod.diagnostics import Findings, Path
from lod.errors import LodError
from lod.facts.schema import Keys
from lod.patterns import lazy
from lod.rdf.iri import encoded, iri_problem, slug_problem
from lod.sources.source import Node, Source

# BCP 47, section 2.1, the shapes that are in use: language, script, region, variants.
_LANGUAGE = lazy(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(?:-x(?:-[A-Za-z0-9]{1,8})+)?"
)
_LANGUAGE_HINT = 'write it like "en" or "de-CH"'
_QID = lazy(r"Q[1-9][0-9]{0,9}")


class Reader:
    """Reads nodes of one source into typed values; findings go to one collector.

    Every method returns None (or nothing) where there is a finding, so that reading goes on and
    all findings of a file come in one run.

    Attributes:
        source: the file that is read.
        findings: what was found.
    """

    __slots__ = ("findings", "source")

    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.findings = findings

    def add(self, code: str, message: str, path: Path, hint: str | None = None) -> None:
        """Add a finding about the value at `path`."""
        self.findings.add(code, message, path=path, hint=hint)

    def add_at_key(self, code: str, message: str, path: Path, hint: str | None = None) -> None:
        """Add a finding about the last key of `path`."""
        location = self.source.locate_key(path)
        self.findings.add(code, message, path=path, location=location, hint=hint)

    def wrong_type(self, node: Node, path: Path, expected: str) -> None:
        """Say that a value has another shape than expected, or that it is empty."""
        name = f'"{path[-1]}"' if path and isinstance(path[-1], str) else "this"
        if node is None or node in ([], {}):
            self.add("empty-value", f"{name} is empty; expected {expected}", path)
            return
        found = {dict: "a mapping", list: "a list", bool: "true or false"}.get(type(node))
        said = f"{name} is {found or quoted(str(node))}; expected {expected}"
        self.add("wrong-type", said, path)

    def mapping(self, node: Node, path: Path, keys: Keys, what: str) -> dict[str, Node] | None:
        """A mapping with known keys; unknown and missing ones are findings.

        Args:
            node: the value.
            path: where it stands.
            keys: the keys that it may have.
            what: "a claim", for the messages.

        Returns:
            The known keys with their values, or None if it is no mapping.
        """
        if type(node) is not dict:
            self.wrong_type(node, path, f"{what}, a mapping")
            return None
        if not node.keys() <= keys.keys():
            self._unknown_keys(node, path, keys, what)
            node = {key: value for key, value in node.items() if key in keys}
        for name in keys.required:
            if name not in node:
                message = f'{what} needs the key "{name}": {keys[name].meaning}'
                self.add("missing-key", message, path)
        return node

    def _unknown_keys(self, node: Mapping[str, Node], path: Path, keys: Keys, what: str) -> None:
        for key in node:
            if key in keys:
                continue
            if node[key] is None and self.source.in_flow(path):
                self.add_at_key(
                    "quote-cut",
                    f"a comma or colon inside {{…}} split a value: {quoted(key)} became a key",
                    (*path, key),
                    "put the value in quotation marks, or write it in the block form >-",
                )
                continue
            self.add_at_key(
                "unknown-key",
                f"{what} has no key {quoted(key)}",
                (*path, key),
                suggest(key, keys) or f"known keys: {', '.join(keys)}",
            )

    def text(self, node: Node, path: Path, expected: str = "text") -> str | None:
        """Text that is not empty."""
        if type(node) is str:
            if node and not node.isspace():
                return node
            node = None
        self.wrong_type(node, path, expected)
        return None

    def texts(self, node: Node, path: Path, expected: str = "text") -> list[tuple[str, Path]]:
        """One text or a list of them, each with its path."""
        if type(node) is not list:
            text = self.text(node, path, f"{expected}, or a list of it")
            return [] if text is None else [(text, path)]
        if not node:
            self.wrong_type(node, path, f"{expected}, or a list of it")
        found = []
        for index, item in enumerate(node):
            text = self.text(item, (*path, index), expected)
            if text is not None:
                found.append((text, (*path, index)))
        return found

    def localized(self, node: Node, path: Path, language: str) -> dict[str, str]:
        """Text in one language, or a mapping of language tags to text.

        Args:
            node: the value.
            path: where it stands.
            language: the language of a plain text.
        """
        expected = "text, or a mapping of languages to text"
        if type(node) is not dict:
            text = self.text(node, path, expected)
            return {} if text is None else {language: text}
        if not node:
            self.wrong_type(node, path, expected)
        labels = {}
        for tag, value in node.items():
            at = (*path, tag)
            if not _LANGUAGE.fullmatch(tag):
                message = f"{quoted(tag)} is no language tag"
                self.add_at_key("bad-language", message, at, _LANGUAGE_HINT)
            elif (text := self.text(value, at)) is not None:
                labels[tag] = text
        return labels

    def language(self, node: Node, path: Path) -> str | None:
        """A language tag (BCP 47)."""
        tag = self.text(node, path, "a language tag")
        if tag is None or _LANGUAGE.fullmatch(tag):
            return tag
        self.add("bad-language", f"{quoted(tag)} is no language tag", path, _LANGUAGE_HINT)
        return None

    def slug(self, node: Node, path: Path) -> str | None:
        """An id or slug that can stand in IRIs and file names."""
        slug = self.text(node, path, "an id")
        if slug is None or (problem := slug_problem(slug)) is None:
            return slug
        self.add("bad-id", f"{quoted(slug)} {problem}", path, slug_hint(slug))
        return None

    def iri(self, node: Node, path: Path) -> str | None:
        """An absolute IRI with an allowed scheme."""
        iri = self.text(node, path, "an IRI")
        return iri if iri is None or self.check_iri(iri, path) else None

    def check_iri(self, iri: str, path: Path) -> bool:
        """Whether an IRI can be written; else that is a finding, with the encoded form as hint."""
        if (problem := iri_problem(iri)) is None:
            return True
        better = encoded(iri)
        hint = None if better is None else f"write {better}"
        self.add("bad-iri", f"{quoted(iri)} {problem}", path, hint)
        return False

    def date(self, node: Node, path: Path) -> str | None:
        """A calendar date, YYYY-MM-DD."""
        from lod.language.dates import parse_date

        text = self.text(node, path, "a date, YYYY-MM-DD")
        if text is None:
            return None
        try:
            return parse_date(text)
        except LodError as error:
            self.add("bad-date", error.message, path, error.hint)
            return None

    def qid(self, node: Node, path: Path) -> str | None:
        """A Wikidata item id."""
        qid = self.text(node, path, "an item id such as Q232")
        if qid is None or _QID.fullmatch(qid):
            return qid
        digits = re.search(r"[1-9][0-9]{0,9}", qid)
        self.add(
            "bad-qid",
            f"{quoted(qid)} is no item id; expected Q and a number, such as Q232",
            path,
            f"did you mean Q{digits.group()}?" if digits else None,
        )
        return None

    def option(self, node: Node, path: Path, options: Iterable[str]) -> str | None:
        """One of a few words."""
        words = ", ".join(options)
        word = self.text(node, path, f"one of {words}")
        if word is None or word in options:
            return word
        hint = suggest(word, options)
        self.add("unknown-option", f"{quoted(word)} is none of {words}", path, hint)
        return None

    def number(self, node: Node, path: Path) -> int | None:
        """A whole number from 1 to 999,999."""
        text = self.text(node, path, "a whole number from 1")
        if text is None:
            return None
        if text.isascii() and text.isdigit() and len(text) < 7 and int(text) > 0:
            return int(text)
        self.wrong_type(text, path, "a whole number from 1")
        return None


def is_language(tag: str) -> bool:
    """Whether a text has the form of a language tag (BCP 47).

    >>> is_language("kk"), is_language("wire-copy"), is_language("second")
    (True, False, False)
    """
    return _LANGUAGE.fullmatch(tag) is not None


def suggest(word: str, options: Iterable[str]) -> str | None:
    """A hint that names the nearest option, or None where none is near.

    >>> suggest("kazakstan", ["russia", "kazakhstan"])
    'did you mean "kazakhstan"?'
    """
    word = word[:100]
    folded = {option.casefold(): option for option in options}
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(word.casefold(), list(folded), 1, 0.6)
    return f'did you mean "{folded[near[0]]}"?' if near else None


def quoted(text: str) -> str:
    """The text in quotation marks, on one line, shortened where it is long."""
    text = " ".join(text.split())
    return f'"{text}"' if len(text) <= 80 else f'"{text[:79]}…"'


def slug_hint(slug: str) -> str | None:
    """How a bad id could be written, or None where nothing of it would be left."""
    better = re.sub(r"[^a-z0-9]+", "-", slug[:100].lower()).strip("-")
    return f'write "{better}"' if better else None
