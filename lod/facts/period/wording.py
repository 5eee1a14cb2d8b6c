"""Writes a period as words, by the templates of a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from lod.facts.dates import PeriodError
from lod.facts.period.edtf import parse_edtf
from lod.facts.period.language import Language
from lod.model.period import Precision

#: Values that may have a name; the marks at their ends are taken off first.
_PLAIN = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}|[0-9]{2}([0-9]|X)X")

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

    __slots__ = ("data", "values")

    def __init__(self, language: Language) -> None:
        self.data: Mapping[str, Any] = language.data["format"]
        self.values: Mapping[str, list[list[str]]] = language.data["values"]

    def write(self, edtf: str) -> str:
        """The phrase with its preposition."""
        if "/" in edtf:
            return self._interval(edtf)
        bare, mark = _unmarked(edtf)
        if not _PLAIN.fullmatch(bare):
            return edtf
        named = self._named(bare)
        if named is None:
            period = parse_edtf(edtf)
            if period.start is None or period.end is None:
                return edtf
            # 190X might be a century, 2024-37 has no name: their years or months
            width = 4 if period.precision is Precision.DECADE else 7
            return self._interval(f"{period.start[:width]}{mark}/{period.end[:width]}{mark}")
        kind, phrase = named
        framed = self._template("in", kind).replace("{X}", phrase)
        if not mark:
            return framed
        return self._template(_MARKS[mark], kind).replace("{X}", phrase).replace("{in}", framed)

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
                fields = {**self._fields(lower[:7]), "d": str(day[0]), "d2": str(day[1])}
                return str(self.data["same_month"]).format(**fields)
            if len(lower) == 7 and lower != upper and _is_month(lower) and _is_month(upper):
                fields = self._fields(lower)
                fields["month2"] = self._fields(upper)["month"]
                return str(self.data["same_year"]).format(**fields)
        return f"{self._framed('from', lower)} {self._framed('to', upper)}"

    def _framed(self, op: str, edtf: str) -> str:
        """One end of an interval in its words; a LookupError where it has no name."""
        bare, mark = _unmarked(edtf)
        named = self._named(bare) if _PLAIN.fullmatch(bare) else None
        if named is None:
            raise LookupError(edtf)
        kind, phrase = named
        if mark:
            phrase = str(self.data["part"][_MARKS[mark]]).replace("{X}", phrase)
        return self._template(op, kind).replace("{X}", phrase)

    def _named(self, edtf: str) -> tuple[str, str] | None:
        """Kind and name of a value without marks; None where it has no good name."""
        if edtf.endswith("X"):
            if edtf.endswith("XX"):
                number = int(edtf[:2]) + 1
                return "century", str(self.data["century"]).format(nth=self._ordinal(number))
            if edtf[2] == "0" and edtf != "200X":
                return None
            return "decade", str(self.data["decade"]).format(y=edtf[:3] + "0")
        if len(edtf) == 10:
            fields = {**self._fields(edtf[:7]), "d": str(int(edtf[8:]))}
            return "day", str(self.data["day"]).format(**fields)
        if len(edtf) == 4:
            return "year", str(self.data["year"]).format(y=edtf)
        if len(edtf) != 7:
            return None
        part = int(edtf[5:])
        fields = {"y": edtf[:4]}
        if part <= 12:
            return "month", str(self.data["month"]).format(**self._fields(edtf))
        if part <= 28:
            season = (part - 21) % 4
            fields["season"] = self.values["season"][season][0]
            fields["yy"] = f"{(int(edtf[:4]) + 1) % 100:02d}"
            kind = "winter" if season == 3 else "season"
            return "season", str(self.data[kind]).format(**fields)
        kind = "quarter" if 33 <= part <= 36 else "half" if part >= 40 else ""
        if not kind:
            return None
        number = part - 33 if kind == "quarter" else part - 40
        fields["ord"] = self._ordinal_word(number)
        return kind, str(self.data[kind]).format(**fields)

    def _fields(self, edtf: str) -> dict[str, str]:
        """What templates may name of a month: y and month."""
        month = self.values["month"][int(edtf[5:7]) - 1][0]
        return {"y": edtf[:4], "month": month}

    def _ordinal_word(self, index: int) -> str:
        words = self.data.get("ord")
        return str(words[index]) if words else self.values["ord"][index][0]

    def _ordinal(self, number: int) -> str:
        forms = self.data["ordinals"]
        form = forms.get(str(number % 100)) or forms.get(str(number % 10)) or forms["other"]
        return str(form).format(n=number)

    def _template(self, op: str, kind: str) -> str:
        """The template of an op: one for all kinds, or a table by kind."""
        entry = self.data[op]
        return str(entry if isinstance(entry, str) else entry.get(kind) or entry["other"])


def _unmarked(edtf: str) -> tuple[str, str]:
    """A value without the mark at its end, and the mark."""
    return (edtf[:-1], edtf[-1]) if edtf[-1] in "~?%" else (edtf, "")


def _is_month(edtf: str) -> bool:
    return int(edtf[5:7]) <= 12
