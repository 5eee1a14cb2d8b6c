"""Terms as JSON text: IRIs, words and literals in the names of a JSON-LD context."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

from lod.dataset.jsonld_context import NODE, Context, Term
from lod.dataset.ntriples import XSD, iri_of, split_literal, unescape

_INTEGER = XSD + "integer"
_DECIMAL = XSD + "decimal"
_BOOLEAN = XSD + "boolean"
_DECIMAL_TAIL = f'"^^<{_DECIMAL}>'
# At most 15 digits: JavaScript keeps whole numbers below 2**53.
_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,14}")
_LOCAL = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


#: Objects and arrays that hold no others stand on one line of up to about this length.
LINE_LENGTH = 80


class ClashError(Exception):
    """An IRI would be taken for a shortened one."""


class _Made(dict[str, str]):
    """What a token is turned into, each worked out once."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, token: str) -> str:
        self[token] = made = self._make(token)
        return made


class _Terms(dict[str, Term]):
    def __init__(self, values: Values) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, token: str) -> Term:
        self[token] = term = self._values.term(token)
        return term


class Values:
    """Writes terms in the names of a context, and notes which names it used.

    Args:
        context: the context.
        prefixes: prefixes of the publication, for what the context has no word for.

    Attributes:
        ids: IRI token to the whole IRI as JSON text.
        words: IRI token to its word, its CURIE, or the whole IRI, as JSON text.
        made: kind of a term to `ids` or `words`.
        terms: predicate token to its term.
        used: names of the context that were used.
        type_key: the key of the types, in quotation marks.
    """

    def __init__(self, context: Context, prefixes: Mapping[str, str]) -> None:
        self._context = context
        self._own = {
            prefix: namespace
            for prefix, namespace in prefixes.items()
            if prefix not in context.definitions
            and namespace.endswith(("#", "/"))
            and namespace not in context.prefixes
            and _PREFIX.fullmatch(prefix)
        }
        self._prefixes = {**{ns: prefix for prefix, ns in self._own.items()}, **context.prefixes}
        self.used: set[str] = set()
        self.ids = _Made(self._id)
        self.words = _Made(self._word)
        self.made = {"@id": self.ids, "@vocab": self.words}
        self.terms = _Terms(self)
        aliases = context.definitions.items()
        self._keywords = {alias: name for name, alias in aliases if isinstance(alias, str)}
        self._id_key = quoted(self.keyword("@id"))
        self.type_key = quoted(self.keyword("@type"))

    def shipped_definitions(self) -> list[str]:
        """What was used of the context, as members of a JSON object."""
        return self._context.members(self.used)

    def own_definitions(self) -> list[str]:
        """The prefixes of the publication that were used, as members of a JSON object."""
        own = self._own.items()
        return [f"{quoted(p)}: {quoted(namespace)}" for p, namespace in own if p in self.used]

    def keyword(self, keyword: str) -> str:
        """The name that the context has for a keyword, or the keyword."""
        name = self._keywords.get(keyword)
        if name is None:
            return keyword
        self.used.add(name)
        return name

    def term(self, token: str) -> Term:
        """The term of a predicate."""
        term = self._context.terms.get(iri_of(token))
        if term is None:
            return self.unknown(token)
        self.used.add(term.name)
        return term

    def named(self, name: str) -> Term:
        """The term of that name."""
        self.used.add(name)
        return self._context.named[name]

    def unknown(self, token: str) -> Term:
        """A predicate without the coercion that the context may have for it."""
        iri = iri_of(token)
        return Term(self._short(iri) or self._whole(iri), iri)

    def without_language(self, term: Term) -> Term:
        """The term for values of a property that do not go into its language map."""
        plain = self._context.plain.get(term.iri)
        return self.unknown(f"<{term.iri}>") if plain is None else self.named(plain.name)

    def id_member(self, token: str) -> str:
        """The member that says which resource an object is."""
        return f"{self._id_key}: {self.ids[token]}"

    def _id(self, token: str) -> str:
        return quoted(self._whole(iri_of(token)))

    def _word(self, token: str) -> str:
        iri = iri_of(token)
        word = self._context.words.get(iri)
        if word is not None:
            self.used.add(word)
            return f'"{word}"'
        return quoted(self._short(iri) or self._whole(iri))

    def _short(self, iri: str) -> str | None:
        end = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._prefixes.get(iri[:end])
        if prefix is None or not _LOCAL.fullmatch(local := iri[end:]):
            return None
        self.used.add(prefix)
        return f"{prefix}:{local}"

    def _whole(self, iri: str) -> str:
        scheme, _, rest = iri.partition(":")
        if not rest.startswith("//") and (
            scheme in self._context.definitions or scheme in self._own
        ):
            raise ClashError(iri)
        return iri

    # -- literals ---------------------------------------------------------------------------

    def value(self, token: str, term: Term, pad: str, decimals: frozenset[str]) -> str:
        """One value of a property that is not a language map.

        Args:
            token: an IRI or a literal.
            term: the property.
            pad: white space before the line that the value ends on.
            decimals: names that are coerced to decimals here.
        """
        kind = term.kind
        if token[0] == "<":
            made = self.made.get(kind)
            return flat([self.id_member(token)], pad, "{}") if made is None else made[token]
        if kind == NODE and token[-1] == '"':
            return _string(token[1:-1])
        lexical, language, datatype = split_literal(token)
        if kind == NODE:
            if datatype == _INTEGER and _NUMBER.fullmatch(lexical):
                return lexical
            if datatype == _BOOLEAN and lexical in ("true", "false"):
                return lexical
            if datatype == _DECIMAL and term.name in decimals:
                return _string(lexical)
        elif datatype == kind:
            return _string(lexical)
        members = [f'"{self.keyword("@value")}": {_string(lexical)}']
        if language:
            members.append(f'"{self.keyword("@language")}": {quoted(language)}')
        elif datatype:
            members.append(f'"{self.keyword("@type")}": {self.words[f"<{datatype}>"]}')
        return flat(members, pad, "{}")

    def language_members(self, term: Term, objects: Sequence[str], pad: str) -> list[str]:
        """A language map, and a second member for what does not go into it."""
        texts: dict[str, list[str]] = {}
        others: list[str] = []
        for token in objects:
            lexical, language, datatype = split_literal(token) if token[0] == '"' else ("", "", "-")
            if datatype or not (language or term.iri not in self._context.plain):
                others.append(token)
            else:
                texts.setdefault(language or "@none", []).append(_string(lexical))
        members = []
        if texts:
            inner = pad + "  "
            by_language = [
                f"{quoted(language)}: {scalars(strings, inner, many=term.many)}"
                for language, strings in texts.items()
            ]
            members.append(f'"{term.name}": {flat(by_language, pad, "{}")}')
        if others:
            other = self.without_language(term)
            written = [self.value(o, other, pad + "  ", frozenset()) for o in others]
            members.append(f'"{other.name}": {array(written, pad, many=other.many)}')
        return members

    # -- decimals ---------------------------------------------------------------------------

    def local_context(
        self, rows: Iterable[tuple[Term, Sequence[str]]], decimals: frozenset[str]
    ) -> dict[str, Any]:
        """What an object must say to JSON-LD of its own: which of its numbers are decimals.

        Args:
            rows: the properties of the object and their values.
            decimals: names that the objects around it coerce to decimals.
        """
        local: dict[str, Any] = {}
        for term, objects in rows:
            if term.kind != NODE or not term.known:
                continue
            if objects[0].endswith(_DECIMAL_TAIL) and all(
                token.endswith(_DECIMAL_TAIL) for token in objects
            ):
                if term.name not in decimals:
                    definition = self._context.definitions[term.name]
                    whole = definition if isinstance(definition, dict) else {"@id": definition}
                    local[term.name] = {**whole, "@type": "xsd:decimal"}
                    self.used.add("xsd")
            elif term.name in decimals:
                local[term.name] = self._context.definitions[term.name]
        return local

    def coerced(self, decimals: frozenset[str], local: Mapping[str, Any]) -> frozenset[str]:
        """The names that are coerced to decimals inside an object with that local context."""
        on = {name for name, what in local.items() if isinstance(what, dict) and "@type" in what}
        return (decimals - set(local)) | on


def _string(lexical: str) -> str:
    """An escaped lexical form as a JSON string."""
    if "\\" not in lexical and lexical.isprintable():
        return f'"{lexical}"'
    return quoted(unescape(lexical))


def braces(members: Sequence[str], pad: str) -> str:
    """A JSON object; `pad` is the white space before its closing brace."""
    inner = pad + "  "
    return f"{{\n{inner}" + f",\n{inner}".join(members) + f"\n{pad}}}" if members else "{}"


def flat(members: Sequence[str], pad: str, brackets: str) -> str:
    """Members without members of their own, on one line if they fit."""
    line = ", ".join(members)
    if len(line) + len(pad) <= LINE_LENGTH and "\n" not in line:
        return f"{brackets[0]}{line}{brackets[1]}"
    inner = pad + "  "
    return f"{brackets[0]}\n{inner}" + f",\n{inner}".join(members) + f"\n{pad}{brackets[1]}"


def scalars(values: Sequence[str], pad: str, *, many: bool) -> str:
    """An array of strings and numbers; one alone stands for itself, unless there may be many."""
    return values[0] if len(values) == 1 and not many else flat(values, pad, "[]")


def array(values: Sequence[str], pad: str, *, many: bool) -> str:
    """A JSON array; one value alone stands for itself, unless there may be many."""
    if len(values) == 1 and not many:
        return values[0]
    inner = pad + "  "
    return f"[\n{inner}" + f",\n{inner}".join(values) + f"\n{pad}]" if values else "[]"
