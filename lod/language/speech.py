"""Who says what, as a text says it: "X said that …", "…, according to X", „…“, sagte X.

The data are in `speech.toml` of each language: verbs of speech, the words before and after a
speaker, quotation marks. A text says at most for whom it speaks; who that is, the names decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from lod.language.data import any_word, table
from lod.language.normalization import lower as lower_case
from lod.patterns import lazy

#: Start and end (exclusive) of a stretch of a text, in code points.
Stretch = tuple[int, int]

_LONGEST_SUBJECT = 5  # words before what is said, where the verb ends the sentence
_FEW_WORDS = 7  # after the verb of "…, the minister said on Monday in Bern."
_STOP = 2  # code points of what is left of a sentence, a space and its stop
_WORD = lazy(r"[^\W\d_]\S*")
_LONGEST_QUOTATION = 3_000
#: Before a verb of speech between the parts of a quotation, whose marks stand around all of it.
_INTERRUPTED = lazy(r"[,.!?…]\s*[—–-]\s*(?:\w+ )?$")

_CLOSING = ',"“”»«'  # what ends what was said: a comma, or a closing mark
_PUNCTUATION = r"[,;:.!?()\[\]—–\"“”„«»‹›]"
_SPOKEN = lazy(r"[\s\"“„«»]*(?P<name>[^\W\d_][^\n:.!?\"“”„«»]{1,60}):\s+(?=\S)")


class Attribution(Struct, frozen=True):
    """A place where a text says who speaks.

    Attributes:
        cue: where the verb or preposition stands.
        speakers: where the speaker may be named, the likeliest place first.
        contents: what is said.
        leading: whether it stands before all that is said, so that it holds what follows.
    """

    cue: Stretch
    speakers: tuple[Stretch, ...]
    contents: tuple[Stretch, ...]
    leading: bool


class SpeechWords(Struct, frozen=True):
    """The data of one language, as patterns for lower-case text.

    Attributes:
        cues: finds verbs and prepositions; the group that matched names the kind.
        clauses: matches what begins a clause after a verb.
        clause_after: finds what begins a clause further on.
        denied: finds the end of a word that denies a verb.
        insertion: finds a word at the end that begins an inserted clause.
        divider: finds what divides clauses.
        coordinator: finds what makes clauses of equal rank.
        passive: words after which a verb has another subject.
        relative: matches a clause that ends with a relative pronoun.
        author: matches words for the author.
        unnamed: finds views that nobody is named for.
        condition: finds words that make a condition.
        pairing: finds words that pair two lists.
        together: finds words that speak of all together.
        joining: words that join the parts of a name.
        pointing: words for what was said in the sentence before.
        adverbial: matches what may follow the verb of "…, X said on Monday".
        inverts: whether the subject may follow the verb in any sentence.
        inverts_behind: whether it may follow any verb that stands behind what is said.
        dash_closes: whether a dash before a verb of speech ends what is said: "—Sí —dijo ella".
        interrupts: whether words for the speaker may stand within the marks of a quotation.
        about: matches words for the sentence before, with which one that ends in a verb begins.
        verb_final: whether the verb stands behind what is said, and the speaker before all of it.
        verb_ends_name: whether a verb may follow the name of a speaker without a mark.
        quotations: opening mark to closing marks.
        opening: finds opening marks.
    """

    cues: re.Pattern[str]
    clauses: re.Pattern[str]
    clause_after: re.Pattern[str]
    denied: re.Pattern[str]
    insertion: re.Pattern[str]
    divider: re.Pattern[str]
    coordinator: re.Pattern[str]
    passive: frozenset[str]
    relative: re.Pattern[str]
    author: re.Pattern[str]
    unnamed: re.Pattern[str]
    condition: re.Pattern[str]
    pairing: re.Pattern[str]
    together: re.Pattern[str]
    joining: frozenset[str]
    pointing: frozenset[str]
    adverbial: re.Pattern[str]
    inverts: bool
    inverts_behind: bool
    dash_closes: bool
    interrupts: bool
    about: re.Pattern[str]
    verb_final: bool
    verb_ends_name: bool
    quotations: dict[str, str]
    opening: re.Pattern[str]


@lru_cache(maxsize=16)
def load_speech(language: str) -> SpeechWords | None:
    """The words of speech of a language, or None where lod has none.

    Args:
        language: primary language subtag ("en").
    """
    data = table(language, "speech")
    if data is None:
        return None
    quotations: dict[str, str] = {}
    for opening, closing in data["quotations"]:
        quotations[opening] = quotations.get(opening, "") + closing
    # French sets a space behind a mark that opens; one that may close says nothing then.
    opening = "".join(set(quotations) - set("".join(quotations.values())))
    spaced = rf"|[{opening}]\s\w" if opening else ""
    kinds = {
        "verb": data["verbs"],
        "clause": data["verbs_of_clauses"],
        "before": data["before_speaker"],
        "after": data["after_speaker"],
        "bare": data.get("speaker_before", ()),
    }
    groups = [f"(?P<{kind}>{'|'.join(words)})" for kind, words in kinds.items() if words]
    insertions = "|".join(data["insertions"]) or "(?!)"
    dividers = "|".join(data["dividers"].split())
    return SpeechWords(
        # At the end of a word, each word of speech would be tried for nothing.
        cues=lazy(rf"\b(?=\w)(?:{'|'.join(groups)})(?!\w)"),
        clauses=lazy(rf"\s*(?:{data['clauses']})|{data['denials']}"),
        clause_after=lazy(
            rf":|\b(?:{'|'.join(data['that'].split())})\b|[{''.join(quotations)}]\w{spaced}"
        ),
        denied=any_word(data["denying_ends"]) if data["denying_ends"] else lazy(r"(?!)"),
        insertion=lazy(rf"\b(?:{insertions})$"),
        divider=lazy(rf"{_PUNCTUATION}|\b(?:{dividers}|{insertions})\b"),
        coordinator=any_word(data["coordinators"].split()),
        passive=frozenset(data["passive"].split()),
        relative=lazy(rf",\s+(?:{'|'.join(data['relatives'].split()) or '(?!)'})\s*"),
        author=lazy(rf"\s*(?:{'|'.join(data['author'].split())})\b"),
        unnamed=any_word(data["unnamed"]),
        condition=any_word(data["conditions"]),
        pairing=any_word(data["pairing"]),
        together=any_word(data["together"]),
        joining=frozenset(data.get("joining", "").split()),
        pointing=frozenset(_phrases(data.get("pointing", ""))),
        adverbial=lazy(rf"(?:{'|'.join(data['adverbials'].split())})\b"),
        inverts=data["inverts"],
        inverts_behind=data.get("inverts_behind", data["inverts"]),
        dash_closes=data.get("dash_closes", False),
        about=lazy(rf"(?:{'|'.join(data.get('about', ())) or '(?!)'})\b"),
        verb_final=data.get("verb_final", False),
        interrupts=data.get("interrupts", False),
        verb_ends_name=data.get("verb_ends_name", data["inverts"]),
        quotations=quotations,
        opening=lazy(f"[{''.join(quotations)}]"),
    )


def _phrases(words: str) -> list[str]:
    """Words, or phrases that are divided by `|`."""
    return words.split("|") if "|" in words else words.split()


def find_quotations(text: str, start: int, end: int, language: str) -> list[Stretch]:
    """What stands between quotation marks in a paragraph, the marks not included.

    A quotation that the paragraph does not close goes on to its end.

    >>> find_quotations("He said “no” twice.", 0, 19, "en")
    [(9, 11)]
    """
    words = load_speech(language)
    if words is None:
        return []
    found = []
    at = start
    while (mark := words.opening.search(text, at, end)) is not None:
        closing = words.quotations[mark.group()]
        at = mark.end()
        if closing == "’" and text[at - 2 : at - 1].isalnum():
            continue  # an apostrophe
        last = min(end, at + _LONGEST_QUOTATION)
        ends = [i for i in (text.find(mark, at, last) for mark in closing) if i >= 0]
        if not ends and text[at - 1] in closing:
            continue  # a mark that opens and closes, such as the one for inches
        close = min(ends, default=last)
        found.append((at, close))
        at = close + 1
    return found


def find_attributions(
    text: str, sentences: Sequence[Stretch], language: str
) -> tuple[Attribution, ...]:
    """Where a paragraph says who speaks.

    Args:
        text: the whole text.
        sentences: the sentences of the paragraph, in order.
        language: primary language subtag of the text.

    >>> text = "Trade grew, the minister said. Ana Berg denied that it fell."
    >>> found = find_attributions(text, [(0, 30), (31, 60)], "en")
    >>> [text[slice(*a.speakers[0])] for a in found]
    ['the minister', 'Ana Berg']
    >>> [text[slice(*a.contents[0])] for a in found]
    ['Trade grew', ' that it fell']
    """
    words = load_speech(language)
    if words is None or not sentences:
        return ()
    quotations = find_quotations(text, sentences[0][0], sentences[-1][1], language)
    found: list[Attribution] = []
    before: Attribution | None = None
    for number, (start, end) in enumerate(sentences):
        earlier = sentences[number - 1] if number else None
        own = list(_in_sentence(text, start, end, words, quotations, earlier))
        line = None if number or own else _SPOKEN.match(text, start, end)
        if line is not None:
            rest = (line.end(), sentences[-1][1])
            own = [Attribution(line.span("name"), (line.span("name"),), (rest,), True)]
        own = _with_quotations(text, own, before, (start, end), quotations, sentences, number)
        found += own
        spoken = [a for a in own if any(_inside(q, a.contents) for q in quotations)]
        before = spoken[-1] if spoken else before
    return tuple(found)


def _inside(quotation: Stretch, contents: Sequence[Stretch]) -> bool:
    return any(first <= quotation[0] and quotation[1] <= last for first, last in contents)


def _with_quotations(
    text: str,
    own: list[Attribution],
    before: Attribution | None,
    sentence: Stretch,
    quotations: list[Stretch],
    sentences: Sequence[Stretch],
    number: int,
) -> list[Attribution]:
    """The attributions of a sentence, with the quotations that belong to them."""
    start, end = sentence
    # A quotation that touches the sentence, and one that follows its colon.
    touched = [q for q in quotations if q[0] <= end and q[1] >= start - 1]
    if own and text[start:end].rstrip().endswith(":"):
        touched += [q for q in quotations if end <= q[0] <= end + 3]
    if own:
        last = own[-1] if not own[-1].leading else own[0]
        more = tuple(q for q in touched if not _inside(q, last.contents))
        speaker = Attribution(last.cue, last.speakers, (*last.contents, *more), last.leading)
        return [speaker if one is last else one for one in own]
    if before is not None:  # the same speaker goes on, until another one is named
        following = sentences[number + 1 :]
        more = tuple(
            q
            for q in touched
            if q[0] >= start - 1
            and not _inside(q, before.contents)
            and not any(first < q[1] - 1 < last and q[0] < first for first, last in following)
        )
        if more:
            return [Attribution(before.cue, before.speakers, more, False)]
    return []


def _in_sentence(
    text: str,
    start: int,
    end: int,
    words: SpeechWords,
    quotations: list[Stretch],
    earlier: Stretch | None,
) -> Iterator[Attribution]:
    lower = lower_case(text[start:end])
    found: list[tuple[Attribution, int | None]] = []
    for cue in words.cues.finditer(lower):
        at = start + cue.start()
        if any(first <= at < last for first, last in quotations) and not (
            (words.interrupts and _INTERRUPTED.search(lower, 0, cue.start()))
            or (words.dash_closes and lower.endswith(" —", 0, cue.start()))
        ):
            continue
        kind = cue.lastgroup or ""
        one: tuple[Attribution, int | None] | None
        if kind not in ("verb", "clause"):
            one = _at_preposition(text[start:end], cue, start, words, kind)
        elif earlier is not None and lower[: cue.start()].strip() in words.pointing:
            one = _pointing_back(lower, cue, start, words, earlier), None
        elif words.verb_final and not lower[cue.end() :].strip(" .!?…"):
            about = words.about.match(lower)
            one = _at_final_verb(text[start:end], cue, start)
            if about is not None and earlier is not None:  # "Бұл туралы X айтты"
                one = (
                    Attribution(
                        (start + cue.start(), start + cue.end()),
                        ((start + about.end(), start + cue.start()),),
                        (earlier,),
                        False,
                    ),
                    None,
                )
        else:
            one = _at_verb(lower, cue, start, words, kind == "clause")
        if one is not None:
            found.append(one)
    outer: Stretch | None = None
    for index, (here, _) in enumerate(found):
        # What is said ends where a clause of equal rank names another speaker.
        stops = [cut for _, cut in found[index + 1 :] if cut is not None]
        contents, leading = here.contents, here.leading
        if leading and stops:
            contents = tuple((a, min(b, stops[0])) for a, b in contents)
        elif outer is not None and outer[0] <= here.cue[0] < outer[1]:
            # "A added that, according to B, …": what B says is in what A says.
            contents = tuple((max(a, outer[0]), b) for a, b in contents if b > outer[0])
            leading = True
        if here.leading:
            outer = contents[0]
        yield Attribution(here.cue, here.speakers, contents, leading)


def _pointing_back(
    lower: str, cue: re.Match[str], start: int, words: SpeechWords, earlier: Stretch
) -> Attribution:
    """What the sentence before says: "Das sagte X", "C'est ce qu'a dit la chef, X"."""
    following = words.divider.search(lower, cue.end())
    if following is not None and words.inverts_behind and not words.inverts:
        following = words.divider.search(lower, following.end()) or following
    place = (start + cue.end(), start + (following.start() if following else len(lower)))
    return Attribution((start + cue.start(), start + cue.end()), (place,), (earlier,), False)


class _Clause(NamedTuple):
    """The clause of a verb of speech; all offsets count from the start of the sentence.

    Attributes:
        cut: where it begins, after the last mark or word that divides; 0 for the whole sentence.
        left: what stands before the verb.
        right: what stands after it, up to the next mark.
        rest: all that stands after it in the sentence.
        rank: where it begins, if a word of equal rank joins it to what is before; None elsewhere.
        has_content: whether what is said follows the verb.
        inserted: whether it begins with a word such as "as".
        trailing: whether it ends what is said.
    """

    cut: int
    left: Stretch
    right: Stretch
    rest: str
    rank: int | None
    has_content: bool
    inserted: bool
    trailing: bool


def _at_verb(
    lower: str, cue: re.Match[str], start: int, words: SpeechWords, needs_clause: bool
) -> tuple[Attribution, int | None] | None:
    """What a verb of speech says; with the start of its clause, if that is of equal rank."""
    earlier = lower[: cue.start()].split()
    if earlier and (earlier[-1] in words.passive or words.denied.search(earlier[-1])):
        return None
    clause = _clause(lower, cue, words, needs_clause)
    if clause is None:
        return None
    places = _places(lower, clause, words)
    speakers = tuple(
        (start + a + lower[a:b].index(name), start + a + lower[a:b].index(name) + len(name))
        for a, b in places
        if (name := lower[a:b].strip())
    )
    if not speakers:
        return None
    # What is said before ends where the speaker is named.
    until = min(clause.cut, places[0][0]) if clause.trailing else clause.cut
    before = (start, start + len(lower[:until].rstrip(' ,"“”»«')))
    after = (start + cue.end(), start + len(lower.rstrip(" .!?…")))
    contents: tuple[Stretch, ...] = (after,)
    if clause.inserted:
        if not lower[slice(*clause.left)].strip():  # "as said the chief, …"
            after = (start + clause.right[1], after[1])
        contents = (before, after)
    elif clause.trailing:
        contents = (before,)
    span = (start + cue.start(), start + cue.end())
    leading = not clause.trailing and not clause.inserted
    rank = None if clause.rank is None else start + clause.rank
    return Attribution(span, speakers, contents, leading), rank


def _clause(
    lower: str, cue: re.Match[str], words: SpeechWords, needs_clause: bool
) -> _Clause | None:
    """The clause of a verb; None where nothing is said in it."""
    before, after = lower[: cue.start()], lower[cue.end() :]
    cut = _last_end(words.divider, before)
    left = (cut, len(before))
    relative = words.relative.search(before, max(0, cut - 1))
    if relative is not None and not before[relative.end() :].strip():
        cut = _last_end(words.divider, before[: relative.start()])
        left = (cut, relative.start())
    rank = None
    for match in words.coordinator.finditer(lower, *left):
        if lower[match.end() : left[1]].strip():
            rank, left = match.start(), (match.end(), left[1])
    following = words.divider.search(after)
    inverted = not lower[slice(*left)].strip()
    marks = before[:cut].rstrip(" —–")  # "«…», — сказал он"
    inserted = bool(cut) and words.insertion.search(marks) is not None
    if inverted and following and not inserted:  # "says the curator, Emil Tasker"
        following = words.divider.search(after, following.end()) or following
    right = (cue.end(), cue.end() + (following.start() if following else len(after)))
    rest = after.strip(" .!?…")
    begins = words.clauses.match(after) or words.clauses.match(lower, cue.start())
    has_content = begins is not None or words.clause_after.search(after) is not None
    closes = rank is None and (
        marks[-1:] in _CLOSING or (words.dash_closes and before[:cut].endswith(" —"))
    )
    quotation = closes and marks.rstrip(" ,")[-1:] in _CLOSING[1:]
    if inverted:
        ends = bool(quotation or words.inverts_behind or not needs_clause)
    else:
        ends = not rest or (len(rest.split()) <= _FEW_WORDS and bool(words.adverbial.match(rest)))
    trailing = bool(closes and not has_content and ends)
    if needs_clause and not (trailing or inserted or begins is not None):
        return None
    return _Clause(cut, left, right, rest, rank, has_content, inserted, trailing)


def _places(lower: str, clause: _Clause, words: SpeechWords) -> tuple[Stretch, ...]:
    """Where the speaker of a verb may be named."""
    if lower[slice(*clause.left)].strip():
        return (clause.left, clause.right) if words.inverts else (clause.left,)
    if clause.has_content:  # "the chief, Ana Berg, said that": the name stands before
        return (0, clause.cut), clause.right
    if clause.trailing and (not clause.rest or words.adverbial.match(clause.rest)):
        # "…, its chief, Nora Lark, said on Tuesday": the name stands before, with what it is.
        before = lower[: clause.cut - 1]
        quoted = max(before.rfind(mark) for mark in _CLOSING[1:]) + 1
        commas = [match.end() for match in words.divider.finditer(before)]
        place = (quoted or (commas[-2:] or [0])[0], clause.cut)
        # "…, a dit lundi la directrice"
        return (clause.right, place) if words.inverts_behind and clause.rest else (place,)
    return (clause.right,)


def _at_final_verb(raw: str, cue: re.Match[str], start: int) -> tuple[Attribution, None] | None:
    """What stands between a speaker, who is named first, and the verb that ends the sentence.

    Before a quotation, all that stands there is the speaker; else the words up to the last one with
    a capital letter among the first few.
    """
    before = raw[: cue.start()].rstrip(" ,–—-")
    opening = max(before.rfind(mark) for mark in "«“„") if before[-1:] in _CLOSING[1:] else -1
    if opening > 0:
        name = raw[:opening].rstrip(" :,–—-")
        said = (opening + 1, len(before) - 1)
    else:
        words = list(_WORD.finditer(before))[:_LONGEST_SUBJECT]
        capitals = [word for word in words if word.group()[0].isupper()]
        if not capitals:
            return None
        name = before[: capitals[-1].end()]
        said = (len(name), len(before))
    if not name.strip() or said[0] >= said[1]:
        return None
    span = (start + cue.start(), start + cue.end())
    begin = len(name) - len(name.lstrip(' –—-«"'))
    speaker = (start + begin, start + len(name))
    contents = ((start + said[0], start + said[1]),)
    return Attribution(span, (speaker,), contents, False), None


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    """The end of the last match in some text; 0 where there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)


def _at_preposition(
    raw: str, cue: re.Match[str], start: int, words: SpeechWords, kind: str
) -> tuple[Attribution, None] | None:
    """According to whom: all else of the sentence is said. None where nobody is named there.

    Args:
        raw: the sentence, as the text has it.
        cue: the preposition.
        start: where the sentence stands in the text.
        words: the data of the language.
        kind: whether the speaker stands "before" or "after" what is said; "bare" where they do not
            stand there at all.
    """
    if kind == "before":
        following = words.divider.search(raw, cue.end())
        place = (cue.end(), following.start() if following else len(raw))
        place = (place[0], _end_of_name(raw, place, words))
    elif kind == "bare":
        place = cue.span()
    else:
        cuts = [m.end() for m in words.divider.finditer(raw, 0, cue.start())]
        place = (cuts[-1] if cuts else 0, cue.start())
    if kind != "bare" and not _WORD.search(raw, *place):  # "Die Busse sind zu laut."
        return None
    first, last = min(cue.start(), place[0]), max(cue.end(), place[1])
    contents = ((start, start + first), (start + last, start + len(raw)))
    said = tuple((a, b) for a, b in contents if b - a > _STOP)
    speaker = (start + place[0], start + place[1])
    return Attribution((start + cue.start(), start + cue.end()), (speaker,), said, False), None


def _end_of_name(raw: str, place: Stretch, words: SpeechWords) -> int:
    """Where a name ends: where no mark does it, before a verb ("laut dem Amt stieg der Umsatz").

    In a language that puts the verb there, nouns have capitals, and what follows one is no name.
    """
    named = False
    for match in _WORD.finditer(raw, *place) if words.verb_ends_name else ():
        word = match.group()
        if named and word[0].islower() and word not in words.joining:
            return match.start()
        named = named or word[0].isupper()
    return place[1]
