"""Where sentences end.

A sentence ends at a stop (``. ! ? …`` and those of other scripts, closing quotation marks, brackets
and note numbers after it included), but not

- where the next word begins in lower case ("What?" he asked), save names such as eBay;
- after initials and abbreviations, as the language's data below says: some never end a sentence
  ("Dr.", "e.g."), some do not where a number follows ("No. 5"), and the rest end one only where the
  next word is an *opener*, a word that begins sentences and no names ("in the U.S. It grew", but
  "the U.S. Congress");
- after a number or letter that numbers what follows it ("1. Introduction");
- in German, after an ordinal number ("am 7. August", "im 3. Quartal").

Sentences inside a quotation are sentences. So is a line that is a heading or a row of a table (cells
divided by tabs, ``|`` or wide gaps, no full stop at the end), and each item of a list.

English and German have data of their own. For other languages, the sentencex package says whether a
stop after a short word ends the sentence. Whole paragraphs are one sentence in scripts without stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lod.facts.normalization import BLANK, LINE_BREAKS


@dataclass(frozen=True, slots=True)
class _Rules:
    """What a language knows about its stops; words are written without the last stop."""

    known: bool = False
    openers: frozenset[str] = frozenset()
    never_last: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()
    maybe_last: frozenset[str] = frozenset()
    # German only: numbers with a stop are ordinals before these, or after those.
    months: frozenset[str] = frozenset()
    ordinal_after: frozenset[str] = frozenset()
    ordinal_nouns: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ENGLISH = _Rules(
    known=True,
    openers=_words(
        "The A An This That These Those It Its He She They We You I His Her Their Our My Your In On"
        " At By For From With Without To Of As After Before During Since Until While When Where"
        " Which Who What Why How If Although Though Because But And Or So Yet Then There Here Now"
        " However Moreover Also Meanwhile Both Each Every Some Many Most More Few Several Such Not"
        " Only Even Still Over About According Among Despite Last Next Today Yesterday Tomorrow"
        " Nobody Nothing Everyone Everything Is Are Was Were Has Have Had Do Does Did Once Later"
    ),
    never_last=_words(
        "Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Gen Lt Col Maj Capt Sgt Cpl Adm Cmdr Rev Hon Rep"
        " Reps Sen Sens Gov Pres Supt Mt Ft Fr cf e.g i.e viz vs approx ca Dept"
    ),
    before_number=_words(
        "No Nos no nos Vol Vols vol vols p pp Fig Figs fig figs Art Arts Sec Secs sec Ch Chap ch"
        " chap para paras par Par Eq eq Ref ref Ex Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov"
        " Dec c v"
    ),
    maybe_last=_words(
        "Inc Ltd Co Corp Cos Bros Plc LLC Jr Sr Esq St Ave Blvd Rd Univ Assn etc al est Est Tues Thurs"
        " Ala Ariz Calif Colo Conn Fla Ill Ind Kan Mass Mich Minn Miss Okla Ore Pa Tenn Tex Va Wash"
        " Wis"
    ),
)
_GERMAN = _Rules(
    known=True,
    openers=_words(
        "Der Die Das Dem Den Des Ein Eine Einer Einem Einen Er Sie Es Wir Ich Ihr Man Dies Diese"
        " Dieser Dieses Diesem Diesen Jene Jeder Jede Jedes Sein Seine Ihre Unser Unsere In Im Am An"
        " Auf Aus Bei Beim Mit Nach Von Vom Vor Zu Zum Zur Für Durch Gegen Ohne Um Über Unter Seit"
        " Während Wegen Trotz Und Oder Aber Denn Doch Auch Nur Noch Schon Dann Danach Davor Dabei"
        " Dazu Damit Daher Dafür Deshalb Darum Darauf Dort Hier Heute Gestern Morgen Jetzt Nun So"
        " Wenn Weil Als Ob Obwohl Wo Wer Was Wie Warum Wann Nicht Kein Keine Alle Alles Viele Einige"
        " Mehrere Beide Zudem Außerdem Allerdings Jedoch Insgesamt Bis Später"
    ),
    never_last=_words(
        "Dr Prof Hr Fr Frl Hrn Nr Nrn bzw vgl Vgl z.B Z.B d.h D.h i.d.R u.a.m sog Abs Art Bd Bde Kap"
        " Ziff Rz Rn inkl Inkl exkl zzgl abzgl ca Ca evtl ggf gem lt bspw Bspw Hl hl St Mag Dipl"
        " Ing med jur phil rer nat v.a s.o s.u o.g"
    ),
    before_number=_words("S Str Tel Abb Tab Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez"),
    maybe_last=_words("Mio Mrd Tsd Mill usw etc Jh Jhd Chr Co jun sen Std Min Sek ff Ltd Inc Corp"),
    months=_words(
        "Januar Jänner Februar Feber März April Mai Juni Juli August September Oktober November"
        " Dezember Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez"
    ),
    ordinal_after=_words("am im der die das dem den des vom zum zur beim ab bis seit ins jeden"),
    ordinal_nouns=_words(
        "Quartal Quartals Halbjahr Halbjahres Jahrhundert Jahrhunderts Jahrestag Geburtstag Platz"
        " Rang Weltkrieg Weltkriegs Auflage Etage Stock Klasse Liga Bundesliga Runde Sitzung Semester"
    ),
)
_RULES = {"en": _ENGLISH, "de": _GERMAN}
_NO_RULES = _Rules()

# Times of day are mostly last words, but not before these.
_CLOCK = _words("a.m p.m A.M P.M")
_AFTER_CLOCK = _words(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tues Wed Thurs Fri Sat Sun January"
    " February March April May June July August September October November December Jan Feb Mar Apr"
    " Jun Jul Aug Sept Sep Oct Nov Dec EST EDT ET CST CDT CT MST MDT MT PST PDT PT GMT UTC BST CET"
    " CEST MSK Eastern Central Mountain Pacific Moscow London"
)

_CLOSERS = "\"'”’“‘»«›‹)\\]}"
# Stops after which a space is needed, and those of scripts that need none.
_NARROW = ".!?…‽"
_WIDE = "。！？｡।॥؟۔։።။។"
_STOP = re.compile(
    # The class is written twice because the engine skips fast to a first class, not to a repeat.
    rf"(?P<stop>[{_NARROW}{_WIDE}][{_NARROW}{_WIDE}]*)"
    # French sets a space before the closing mark, too.
    rf"(?P<close>(?:[{_CLOSERS}」』）〉》】]|[ \u00a0\u202f]»(?=\s))*)"
    r"(?:\[\d{1,3}\])*[¹²³⁰-⁹]*(?P<gap>\s*)"
)
_NEXT = re.compile(r"[\s\"'“„”‘‚’«»‹›(\[{¿¡*–—‐-]*([^\W_]*)")
_NOT_NEXT = frozenset(",;:.!?)]}…%")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,4}")
_ROMAN = re.compile(r"[IVXLC]{1,6}")
_REST_OF_DATE = re.compile(r"\d{1,2}\.|\d{4}\b")
_TRIM = "\"'“„”‘‚’«»‹›([{¿¡*–—-"
_LOOK_BACK = 60

_LINE = re.compile(f"[^{LINE_BREAKS}]+")
_ITEM = re.compile(r"(?:[•*‣▪◦·–—-]|\d{1,3}[.)]|[a-z]\))\s+(?=\S)")
# A gap between cells; two spaces after a stop are a typist's habit.
_CELL_GAP = re.compile(r"(?<=[^\s.!?:;,…\"”)]) {2,}(?=\S)")


def split_sentences(text: str, start: int, end: int, language: str = "en") -> list[tuple[int, int]]:
    """The sentences of one paragraph.

    Args:
        text: the whole text.
        start: first code point of the paragraph, which is no white space.
        end: code point after its last one, which is no white space.
        language: BCP 47 tag.

    Returns:
        Start and end (exclusive) of each sentence in code points, without white space at the ends.

    >>> text = "It closed at 5 p.m. on Friday. The U.S. Congress met."
    >>> [text[start:end] for start, end in split_sentences(text, 0, len(text))]
    ['It closed at 5 p.m. on Friday.', 'The U.S. Congress met.']
    """
    tag = language.partition("-")[0].lower()
    rules = _RULES.get(tag, _NO_RULES)
    spans = []
    for first, last, row in _blocks(text, start, end):
        begin = first
        library: frozenset[int] | None = None
        for match in () if row else _STOP.finditer(text, first, last):
            stop, _, space = match.groups()
            after = match.end()
            if after >= last:
                break
            if not space and stop[-1] in _NARROW:
                continue
            at = match.start()
            # By far the most stops follow a long word and precede a capital letter.
            if stop == "." and text[after].isupper() and text[at - 7 : at].isalpha():
                spans.append((begin, after - len(space)))
                begin = after
                continue
            verdict = _ends(text, begin, match, last, rules)
            if verdict is None:
                if library is None:
                    library = _library_ends(text, first, last, tag)
                verdict = any(offset in library for offset in range(at + 1, after + 1))
            if verdict:
                spans.append((begin, after - len(space)))
                begin = after
        spans.append((begin, last))
    return spans


def _ends(text: str, begin: int, match: re.Match[str], last: int, rules: _Rules) -> bool | None:
    """Whether a sentence that begins at `begin` ends at the stop; None where no rule knows."""
    stop = match["stop"]
    if stop[-1] in _WIDE:  # 「…。」と言った: the sentence goes on after the quotation
        return not (match["close"] and text.startswith(("と", "って"), match.end()))
    following = _NEXT.match(text, match.end(), last)
    if following is None:  # the pattern matches nothing, too; this is for the type checker
        return True
    word = following[1]
    if not word:
        at = following.end()
        return at < last and text[at] not in _NOT_NEXT
    if word[0].islower():
        return word != word.lower()
    if stop != ".":
        return True
    before = text[max(begin, match.start() - _LOOK_BACK) : match.start()]
    tokens = before.split()
    if not tokens or before[-1].isspace():
        return True
    token = tokens[-1].lstrip(_TRIM)
    if len(token) > 6 and token.isalpha():
        return True
    at_start = len(tokens) == 1 and match.start() - begin < _LOOK_BACK
    previous = tokens[-2] if len(tokens) > 1 else ""
    if token.isdigit():
        if len(token) > 2 or at_start:
            return not at_start or len(token) > 3
        return not rules.months or _ends_after_number(text, previous, word, following, rules)
    return _ends_after_word(text, token, previous, word, at_start, following, rules)


def _ends_after_word(
    text: str,
    token: str,
    previous: str,
    word: str,
    at_start: bool,
    following: re.Match[str],
    rules: _Rules,
) -> bool | None:
    """Whether a sentence ends after a short or dotted word."""
    number_next = word[0].isdigit()
    if len(token) == 1 and token.isalpha():
        joined = f"{previous.lstrip(_TRIM)}{token}"
        if at_start or joined in rules.never_last:
            return False
        if number_next:
            return token not in rules.before_number
        return word in rules.openers
    if _DOTTED.fullmatch(token):
        if token in rules.never_last or token.lower() in rules.never_last:
            return False
        if token in _CLOCK:
            return word not in _AFTER_CLOCK
        return word in rules.openers if rules.known else None
    name = token.capitalize() if token.isupper() else token
    if token in rules.never_last or name in rules.never_last:
        return False
    if token in rules.before_number and (number_next or _ROMAN.fullmatch(word)):
        return False
    if token in rules.maybe_last:
        return word in rules.openers
    if _ROMAN.fullmatch(token):
        if at_start:
            return False
        if rules.months:
            return _ends_after_number(text, previous, word, following, rules)
    if rules.known or len(token) > 4 or not token.isalpha():
        return True
    return None


def _ends_after_number(
    text: str, previous: str, word: str, following: re.Match[str], rules: _Rules
) -> bool:
    """Whether a sentence ends after a number whose stop may make it an ordinal."""
    if word in rules.months or word in rules.ordinal_nouns:
        return False
    if _REST_OF_DATE.match(text, following.start(1)):
        return False
    return previous.lstrip(_TRIM).lower() not in rules.ordinal_after or word in rules.openers


def _blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Parts of a paragraph that no sentence crosses: start, end, whether it is a table row."""
    paragraph = text[start:end]
    many = "\n" in paragraph or "\r" in paragraph
    if not many and not ("\t" in paragraph or "|" in paragraph or "  " in paragraph):
        yield start, end, False
        return
    begin: int | None = None
    done = start
    listed = False
    for match in _LINE.finditer(text, start, end):
        line = match.group().strip(BLANK)
        if not line:
            continue
        first = match.start() + match.group().index(line)
        item = _ITEM.match(line)
        listed = item is not None and (listed or begin is None or text[done - 1] == ":")
        row = _is_row(line[item.end() :] if item else line)
        if begin is not None and (row or listed):
            yield begin, done, False
            begin = None
        done = first + len(line)
        if row:
            yield first, done, True
        elif begin is None:
            begin = first
    if begin is not None:
        yield begin, done, False


def _is_row(line: str) -> bool:
    if line[-1] in ".!?…":
        return False
    if "\t" in line or " | " in line or line[0] == "|":
        return True
    gaps = _CELL_GAP.findall(line)
    return len(gaps) > 1 or any(len(gap) > 2 for gap in gaps)


def _library_ends(text: str, first: int, last: int, tag: str) -> frozenset[int]:
    """Where sentencex begins sentences, as offsets in the text."""
    part = text[first:last]
    for space in LINE_BREAKS:
        part = part.replace(space, " ")
    return frozenset(first + found["start_index"] for found in _boundaries()(tag, part))


@cache
def _boundaries():  # type: ignore[no-untyped-def]
    from sentencex import get_sentence_boundaries

    return get_sentence_boundaries
