"""Words in a quote that say how it is meant: as a plan, a doubt, a judgement, a denial."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct, field

from lod.language.data import any_word, table
from lod.language.normalization import lower as lower_case
from lod.model.claim import Modality
from lod.patterns import lazy

_PUNCTUATION = ".,;:!?\"'()[]“”‘’„«»…"
_DIVIDER = lazy(r"[;:]|\s[–—]\s|—")
# Nearly every word of nearly every quote is none: they are remembered, up to so many.
_MOST_WORDS = 100_000


class Markers(Struct, frozen=True):
    """The marker words of one language.

    Attributes:
        modality: finds words of plan, doubt, offer or judgement in lower-case text; the group
            that matched is named by the modality.
        exact_case: the same for words that another case makes another word, in text as it is.
        negation: finds words of denial in lower-case text.
        first_word: matches a word that one of them may begin with.
        no_modality: finds what looks like a word of `modality` and is none.
        no_negation: the same for `negation`.
        contrast: finds a part that is denied while the rest is not.
        gap: finds what may stand between such a word and a quote that leaves it out.
        weak_modality: finds what may stand for a plan, an offer or a doubt.
        weak_negation: the same for a denial.
        lists: finds what joins the last parts of a list.
        plain: words with which none begins, as far as they were met.
    """

    modality: re.Pattern[str]
    exact_case: re.Pattern[str] | None
    negation: re.Pattern[str]
    first_word: re.Pattern[str]
    no_modality: re.Pattern[str] | None
    no_negation: re.Pattern[str] | None
    contrast: re.Pattern[str] | None
    gap: re.Pattern[str] | None
    weak_modality: re.Pattern[str] | None
    weak_negation: re.Pattern[str] | None
    lists: re.Pattern[str] | None
    plain: set[str] = field(default_factory=set)

    def may_be_in(self, lower: str) -> bool:
        """Whether lower-case text has a word that a marker begins with: a quick first look."""
        words = set(lower.split()) - self.plain
        if not words:
            return False
        begins = {
            word
            for word in words
            # "qu'aucun": an elided word stands before the marker
            if any(map(self.first_word.fullmatch, {bare := word.strip(_PUNCTUATION), _rest(bare)}))
        }
        if len(self.plain) < _MOST_WORDS:
            self.plain.update(words - begins)
        return bool(begins)


@lru_cache(maxsize=16)
def load_markers(language: str) -> Markers | None:
    """The markers of a language, or None where lod has no words for it.

    Args:
        language: primary language subtag ("en").
    """
    data = table(language, "markers")
    if data is None:
        return None
    modality = _compile(data["modality"])
    if modality is None:
        return None
    negative = data["polarity"]["negative"]
    exceptions, weak = data.get("exceptions", {}), data.get("weak", {})
    contrasts = exceptions.get("contrasts", [])
    words = [*negative, *(word[2:] for word in contrasts if word.startswith(r"\b"))]
    for part in (data["modality"], data["exact_case"]):
        words += [word for group in part.values() for word in group]
    # Lower-case patterns on lower-case text: re then looks at first letters, and is far faster
    # than where it ignores case.
    return Markers(
        modality=modality,
        exact_case=_compile(data["exact_case"]),
        negation=lazy(rf"\b(?:{'|'.join(negative)})\b"),
        first_word=lazy("|".join(_first_word(word) for word in words)),
        no_modality=_any(exceptions.get("modality")),
        no_negation=_any(exceptions.get("polarity")),
        contrast=lazy("|".join(contrasts)) if contrasts else None,
        gap=lazy(rf"\b(?:{'|'.join(gaps)})$") if (gaps := exceptions.get("gaps")) else None,
        weak_modality=_any(weak.get("modality")),
        weak_negation=_any(weak.get("polarity")),
        lists=_any(exceptions.get("lists")),
    )


def _rest(word: str) -> str:
    """What of a word follows its apostrophe, or all of it."""
    return word.replace("’", "'").rpartition("'")[2]


def _first_word(pattern: str) -> str:
    """The part of a pattern before its first space, or look ahead, outside brackets."""
    depth = 0
    for index, character in enumerate(pattern):
        if not depth and (character == " " or pattern.startswith("(?=", index)):
            return pattern[:index]
        depth += (character == "(") - (character == ")")
    return pattern


def _any(words: list[str] | None) -> re.Pattern[str] | None:
    return any_word(words) if words else None


def without(text: str, pattern: re.Pattern[str] | None) -> str:
    """Text with spaces for all that a pattern finds."""
    return text if pattern is None else pattern.sub(lambda found: " " * len(found.group()), text)


def _compile(words: dict[str, list[str]]) -> re.Pattern[str] | None:
    groups = [f"(?P<{name}>{'|'.join(words[name])})" for name in Modality if words.get(name)]
    return lazy(rf"\b(?:{'|'.join(groups)})\b") if groups else None


@lru_cache(maxsize=1024)
def find_manner(quote: str, language: str) -> tuple[tuple[Modality, str] | None, str | None]:
    """The first words of a quote that say that it is no plain, affirming statement.

    Args:
        quote: the quoted words.
        language: primary language subtag of the text.

    Returns:
        The modality that a word speaks for, and the word; then a word of denial. Each is in lower
        case, and None where there is none.

    >>> find_manner("Soon, a branch of MGIMO will open in Astana", "en")
    ((<Modality.PLANNED: 'planned'>, 'soon'), None)
    >>> find_manner("the harbor masters never left the guild", "en")
    (None, 'never')
    >>> find_manner("the celebrations in Moscow on May 9", "en")
    (None, None)
    """
    markers = load_markers(language)
    if markers is None or not markers.may_be_in(lower := lower_case(quote)):
        return None, None
    match = markers.modality.search(lower)
    if match is not None and markers.no_modality is not None:
        match = markers.modality.search(without(lower, markers.no_modality))
    if match is None and markers.exact_case is not None:
        match = markers.exact_case.search(quote)
    modality = None
    if match is not None and match.lastgroup is not None:
        modality = (Modality(match.lastgroup), match.group())
    denial = markers.negation.search(lower)
    if denial is not None:
        rest = without(without(lower, markers.no_negation), markers.contrast)
        denial = markers.negation.search(rest)
    return modality, None if denial is None else denial.group()


@lru_cache(maxsize=1024)
def contrasted(quote: str, language: str) -> str | None:
    """A quote without what it sets against the rest ("the letter, not the diary"); None if nothing.

    >>> contrasted("It holds the letter, not the diary", "en").rstrip()
    'It holds the letter'
    """
    markers = load_markers(language)
    lower = lower_case(quote)
    if markers is None or markers.contrast is None or not markers.may_be_in(lower):
        return None
    found = markers.contrast.search(lower)
    if found is None:
        return None
    return quote[: found.start()] + " " * (found.end() - found.start()) + quote[found.end() :]


def may_be_meant(quote: str, around: str, language: str, *, denied: bool) -> bool:
    """Whether a quote may be a denial, or else a plan, an offer or a doubt.

    Args:
        quote: the quoted words; any word that may stand for one will do.
        around: what stands around them; only a word that is one will do.
        language: primary language subtag; True where lod has no words of it.
        denied: whether a denial is looked for.
    """
    markers = load_markers(language)
    weak = None if markers is None else markers.weak_negation if denied else markers.weak_modality
    if markers is None or weak is None:
        return True
    exceptions = markers.no_negation if denied else markers.no_modality
    lower = without(lower_case(around), exceptions)
    strong = markers.negation if denied else markers.modality
    exact = None if denied else markers.exact_case
    return (
        strong.search(lower) is not None
        or weak.search(without(lower_case(quote), exceptions)) is not None
        or (exact is not None and exact.search(around) is not None)
    )


def clause_before(before: str, after: str, language: str) -> str:
    """What of the words before a quote belongs to its clause.

    A comma divides where it is neither of a list nor the end of an insertion.

    Args:
        before: the sentence up to the quote.
        after: the quote and the rest of the sentence.
        language: primary language subtag of both.

    >>> clause_before("Soon, a branch of ", "MGIMO will open in Astana.", "en")
    ' a branch of '
    >>> clause_before("It will build roads, bridges and ", "schools.", "en")
    'It will build roads, bridges and '
    >>> clause_before("It will, for its part, ", "open a branch.", "en")
    'It will, for its part, '
    """
    clause = _DIVIDER.split(before)[-1]
    markers = load_markers(language)
    lists = None if markers is None else markers.lists
    first, comma, last = clause.rpartition(",")
    if (
        not comma
        or ("," in first and not last.strip())
        or lists is None
        or lists.search(lower_case(last))
        or lists.search(lower_case(_DIVIDER.split(after)[0]))
    ):
        return clause
    return last


def clause_after(after: str) -> str:
    """What of the words after a quote belongs to its clause.

    >>> clause_after(" took part; up to 20 did not answer.")
    ' took part'
    """
    return _DIVIDER.split(after)[0]


def find_cut_off(before: str, language: str) -> str | None:
    """The word of plan, doubt or denial with which some text ends, or None.

    >>> find_cut_off("the company did not ", "en"), find_cut_off("it will, for its part, ", "en")
    ('not', None)
    """
    markers = load_markers(language)
    if markers is None:
        return None
    lower = lower_case(before).rstrip()
    if markers.gap is not None and (gap := markers.gap.search(lower)):
        lower = lower[: gap.start()].rstrip()
    for pattern, exceptions in (
        (markers.modality, markers.no_modality),
        (markers.negation, markers.no_negation),
    ):
        for match in pattern.finditer(without(lower, exceptions)):
            if match.end() == len(lower):
                return match.group()
    return None
