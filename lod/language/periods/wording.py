"""Writes a period as words, by the templates of a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lod.language.dates import PeriodError
from lod.language.edtf import parse_edtf
from lod.language.inflection import run_on
from lod.language.periods.rules import Language
from lod.model.period import Precision
from lod.patterns import lazy

#: Values that may have a name; the marks at their ends are taken off first.
_PLAIN = lazy(r"[0-9]{4}(-[0-9]{2}){0,2}|[0-9]{2}([0-9]|X)X")

_BEFORE_ERA = lazy(r"-[0-9]{4}|0000")
_MARKS = {"~": "approximate", "?": "uncertain", "%": "both"}


@lru_cache(maxsize=4096)
def edtf_words(edtf: str, language: Language) -> str:
    """An EDTF value as a phrase for a sentence ("in 2023", "from January to September 2024").

    What has no good phrase (sets, digits unknown in the middle) is given as EDTF.
    """
    try:
        return _Writer(language).write(edtf)
    except (PeriodError, LookupError, ValueError):
        return edtf


class _Writer:
    """Writes by the `[format]` of one language."""

    __slots__ = ("data", "tag", "values")

    def __init__(self, language: Language) -> None:
        self.tag = language.tag
        self.data: Mapping[str, Any] = language.data["format"]
        self.values: Mapping[str, list[list[str]]] = language.data["values"]

    def write(self, edtf: str) -> str:
        """The phrase with its preposition."""
        if "/" in edtf:
            return self._interval(edtf)
        if "T" in edtf:
            day, _, clock = edtf.partition("T")
            zone = clock[8:].replace("Z", "UTC")
            said = {"time": clock[:5], "zone": f" {zone}" if zone else ""}
            template = str(self.data["clock"]).replace("{in}", self.write(day))
            return template.format(**said)
        if _BEFORE_ERA.fullmatch(edtf):
            year = self._template("before_era", "in").format(y=1 - int(edtf))
            return self._filled(self._template("in", "year"), year)
        bare, mark = _unmarked(edtf)
        if not _PLAIN.fullmatch(bare):
            return edtf
        named = self._named(bare, "in")
        if named is None:
            period = parse_edtf(edtf)
            if period.start is None or period.end is None:
                return edtf
            # 190X might be a century, 2024-37 has no name: their years or months
            width = 4 if period.precision is Precision.DECADE else 7
            return self._interval(f"{period.start[:width]}{mark}/{period.end[:width]}{mark}")
        kind, phrase = named
        framed = self._filled(self._template("in", kind), phrase)
        if not mark:
            return framed
        return self._filled(self._template(_MARKS[mark], kind), phrase).replace("{in}", framed)

    def _interval(self, edtf: str) -> str:
        lower, _, upper = edtf.partition("/")
        if not lower.strip("."):
            op = "until" if lower else "by"
            return self._framed(op, upper) if upper.strip(".") else edtf
        if not upper.strip("."):
            return self._framed("since" if upper else "unknown_end", lower)
        if len(lower) == len(upper) and lower[:4] == upper[:4] and (lower + upper)[-1] not in "~?%":
            if len(lower) == 10 and lower[:7] == upper[:7]:
                day = int(lower[8:]), int(upper[8:])
                d, d2 = map(self._day, day)
                fields = {**self._fields(lower[:7]), "d": d, "d2": d2}
                return str(self.data["same_month"]).format(**fields)
            if len(lower) == 7 and lower != upper and _is_month(lower) and _is_month(upper):
                fields = self._fields(lower)
                fields |= {f"{name}2": word for name, word in self._fields(upper).items()}
                return str(self.data["same_year"]).format(**fields)
        return f"{self._framed('from', lower)} {self._framed('to', upper)}"

    def _framed(self, op: str, edtf: str) -> str:
        """One end of an interval in its words; a LookupError where it has no name."""
        bare, mark = _unmarked(edtf)
        named = self._named(bare, op) if _PLAIN.fullmatch(bare) else None
        if named is None:
            raise LookupError(edtf)
        kind, phrase = named
        if mark:
            phrase = str(self.data["part"][_MARKS[mark]]).replace("{X}", phrase)
        return self._filled(self._template(op, kind), phrase)

    def _filled(self, template: str, phrase: str) -> str:
        """A template with its phrase, which may run together with the word before it."""
        before, gap, after = template.partition("{X}")
        head, _, word = before.rstrip(" ").rpartition(" ")
        if not gap or not before.endswith(" "):
            return template.replace("{X}", phrase)
        return f"{head} {run_on(word, phrase, self.tag)}{after}".lstrip()

    def _day(self, number: int) -> str:
        return str(self.data.get("days", {}).get(str(number), number))

    def _named(self, edtf: str, op: str) -> tuple[str, str] | None:
        """Kind and name of a value without marks, behind the preposition of an op.

        Returns:
            None where it has no good name.
        """
        if edtf.endswith("X"):
            if edtf.endswith("XX"):
                number = int(edtf[:2]) + 1
                fields = {"nth": self._ordinal(number), "n": str(number)}
                return "century", self._template("century", op).format(**fields)
            if edtf[2] == "0" and edtf != "200X":
                return None
            return "decade", self._template("decade", op).format(y=edtf[:3] + "0")
        if len(edtf) == 10:
            fields = {**self._fields(edtf[:7]), "d": self._day(int(edtf[8:]))}
            return "day", self._template("day", op).format(**fields)
        if len(edtf) == 4:
            return "year", self._template("year", op).format(y=edtf)
        if len(edtf) != 7:
            return None
        part = int(edtf[5:])
        fields = {"y": edtf[:4]}
        if part <= 12:
            return "month", self._template("month", op).format(**self._fields(edtf))
        if part <= 28:
            season = (part - 21) % 4
            fields |= self._forms("seasons", season)
            fields["season"] = self.values["season"][season][0]
            fields["yy"] = f"{(int(edtf[:4]) + 1) % 100:02d}"
            kind = "winter" if season == 3 else "season"
            return "season", self._template(kind, op).format(**fields)
        kind = "quarter" if 33 <= part <= 36 else "half" if part >= 40 else ""
        if not kind:
            return None
        number = part - 33 if kind == "quarter" else part - 40
        fields |= {"ord": self._ordinal_word(number), "n": str(number + 1)}
        return kind, self._template(kind, op).format(**fields)

    def _fields(self, edtf: str) -> dict[str, str]:
        """What templates may name of a month: y, month, and its forms under `months`."""
        number = int(edtf[5:7]) - 1
        month = self.values["month"][number][0]
        return {"y": edtf[:4], "month": month, **self._forms("months", number)}

    def _forms(self, table: str, index: int) -> dict[str, str]:
        """The other forms of a name: its cases, each under its name in the data."""
        return {name: forms[index] for name, forms in self.data.get(table, {}).items()}

    def _ordinal_word(self, index: int) -> str:
        words = self.data.get("ord")
        return str(words[index]) if words else self.values["ord"][index][0]

    def _ordinal(self, number: int) -> str:
        forms = self.data["ordinals"]
        form = forms.get(str(number % 100)) or forms.get(str(number % 10)) or forms["other"]
        return str(form).format(n=number)

    def _template(self, name: str, by: str) -> str:
        """The template of an op or kind: one for all, or a table by kind or op."""
        entry = self.data[name]
        return str(entry if isinstance(entry, str) else entry.get(by) or entry["other"])


def _unmarked(edtf: str) -> tuple[str, str]:
    """A value without the mark at its end, and the mark."""
    return (edtf[:-1], edtf[-1]) if edtf[-1] in "~?%" else (edtf, "")


def _is_month(edtf: str) -> bool:
    return int(edtf[5:7]) <= 12
