"""Reads one number: digits or words, with scales ("million"), fractions and ordinals."""

from __future__ import annotations

from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from lod.language.quantities.lexicon import VULGAR, Lexicon
from lod.patterns import lazy

_ZEROS = {10**count: count for count in range(25)}
_EXACT = Context(prec=400)
_HEDGE_REACH = 40  # code points before a word of scale in which its hedge stands
_MAX_DIGITS = 60  # a longer run of digits is a code, not an amount
_DIGITS = frozenset("0123456789")
_JOINERS = frozenset((" ", "-"))
_SPACE_OR_END = frozenset(("", " "))
# Dates, clock times and scores: digits that are no number of their own.
_NOT_A_NUMBER = lazy(r"\d{4}-\d\d-\d\d|\d+:\d|\d{1,2}/\d{1,2}/\d|\d{1,2}\.\d{1,2}\.")
_FRACTION = lazy(r"/([1-9][0-9]{0,2})(?![0-9/.,]*[0-9])")
# "3.4×10^5", "10⁵", "1e6": one number.
_POWER = lazy(
    r"(?:(?P<front>[0-9]+(?:[.,][0-9]+)?) ?[×x·⋅*] ?)?10(?:(?:\^|\*\*)(?P<plain>[-+]?[0-9]{1,2})"
    r"|(?P<raised>[⁻⁺]?[⁰¹²³⁴-⁹]{1,2}))(?![\w.]*[0-9])"
    r"|(?P<mantissa>[0-9]+(?:[.,][0-9]+)?)e(?P<exponent>[-+]?[0-9]{1,2})(?!\w)"
)
_POWER_SIGNS = frozenset(" ×x·⋅*^e⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_UP_TO_THREE = lazy(r" ([1-9][0-9]{0,2})(?![\w.,/:]*[0-9])")
_MIXED = lazy(r" ([1-9][0-9]?)/([1-9][0-9]?)(?![0-9/])")


class Number(NamedTuple):
    """A number as it stands in the text.

    Attributes:
        value: the number; for a fraction that no decimal can write, its numerator.
        parts: the denominator of such a fraction ("a third" is 1 of 3), else None.
        start: where it begins, a leading article included.
        end: code point after its last one.
        ordinal: whether it is a place in a series.
        unit: id of the unit that the word itself carries ("twice", "tenfold"), or None.
        plain: whether it is nothing but digits: it may be a year.
        scale: the factor of a word that stands behind it ("million"), else 1.
        part: whether it is a fraction in words, which may be a part of a unit ("half an hour").
    """

    value: Decimal
    parts: int | None
    start: int
    end: int
    ordinal: bool = False
    unit: str | None = None
    plain: bool = False
    scale: int = 1
    part: bool = False


def read_number(
    lx: Lexicon, low: str, pos: int, *, money: bool = False, date: bool = False, bare: bool = False
) -> Number | None:
    """Read the number that begins at a position.

    Args:
        lx: the language.
        low: folded text.
        pos: where the digits or words begin; an article before them is found by itself.
        money: whether a sign of money stands before it ("$5b").
        date: whether the name of a month stands before it: no groups of digits then.
        bare: whether "million" may stand without an article ("per million").

    Returns:
        The number, or None.
    """
    char = low[pos]
    if char in VULGAR:
        return _ratio(*VULGAR[char], pos, pos + 1)
    if char in _DIGITS:
        number = _read_digits(lx, low, pos, money, date)
    else:
        number = _read_words(lx, low, pos, bare)
    return number if number is None or not lx.then_digits else _then_digits(lx, low, number)


def _then_digits(lx: Lexicon, low: str, number: Number) -> Number:
    """A number that goes on in digits behind its word of scale: "2 mil 500 millones"."""
    if low[number.start : number.end].rpartition(" ")[2] not in lx.then_digits:
        return number
    match = _UP_TO_THREE.match(low, number.end)
    if match is None:
        return number
    scale, end, more = _read_scale(lx, low, match.end(), False)
    if more is not None:
        return number
    value = _EXACT.multiply(number.value + int(match[1]), Decimal(scale))
    return number._replace(value=value, end=end, scale=scale)


def _read_digits(lx: Lexicon, low: str, pos: int, money: bool, date: bool) -> Number | None:
    match = lx.digits.match(low, pos)
    if match is None:
        return None
    whole, fraction = match.groups()
    end = match.end()
    following = low[end : end + 1]
    if following and following in "-:/." and _NOT_A_NUMBER.match(low, pos):
        return None
    if date and " " in whole:
        whole, fraction = whole.partition(" ")[0], None
        end = pos + len(whole)
        following = " "
    digits = whole if whole.isdigit() else whole.translate(lx.no_groups)
    if len(digits) + len(fraction or "") > _MAX_DIGITS or (digits[0] == "0" and len(digits) > 1):
        return None  # a code
    if following and following in ".,:/'" and low[end + 1 : end + 2] in _DIGITS:
        return _read_slash(lx, low, pos, end, digits) if fraction is None else None
    if (following and following in _POWER_SIGNS) and (power := _read_power(low, pos, end)):
        return power
    if following and following in "^\u00b2\u00b3":
        return None
    added: Decimal | None = None
    if fraction is None and following in VULGAR:
        numerator, denominator = VULGAR[following]
        added, end = Decimal(numerator) / denominator, end + 1
        if denominator % 3 == 0:
            return None
    elif following == " " and fraction is None and (mixed := _MIXED.match(low, end)):
        part = _ratio(int(mixed[1]), int(mixed[2]), pos, mixed.end())
        if part.parts is None and part.value < 1:
            added, end = part.value, mixed.end()
    scale, end, more = _read_scale(lx, low, end, money)
    if lx.number_ending is not None and (ending := lx.number_ending.match(low, end)):
        end = ending.end()
        if scale == 1:
            scale, end, more = _read_scale(lx, low, end, money)
    if more is not None:
        added = more
    if added is not None:
        value = _EXACT.multiply(_EXACT.add(Decimal(digits), added), Decimal(scale))
        return Number(_whole(value), None, pos, end, scale=scale)
    value = _scaled(digits, fraction or "", scale)
    if scale > 1:
        if lx.goes_on and fraction is None and (rest := _rest(lx, low, end, scale)) is not None:
            value, end, scale = value + rest.value, rest.end, rest.scale
        return Number(value, None, pos, end, scale=scale)
    if end < len(low) and fraction is None and (low[end].isalpha() or low[end] in ".-"):
        return _read_suffix(lx, low, pos, end, value)
    plain = fraction is None and digits is whole
    return _one_in(lx, low, Number(value, None, pos, end, False, None, plain))


def _rest(lx: Lexicon, low: str, end: int, scale: int) -> Number | None:
    """The rest of "12 млн 500 тыс.", of a smaller scale."""
    digits = lx.digits.match(low, end + 1) if low[end : end + 1] == " " else None
    rest = None if digits is None else _read_digits(lx, low, end + 1, False, False)
    return rest if rest is not None and 1 < rest.scale < scale and rest.value < scale else None


def _read_power(low: str, pos: int, end: int) -> Number | None:
    """A number with a power of ten that begins at a position, and goes on where digits end."""
    match = _POWER.match(low, pos)
    if match is None or match.end() <= end:
        return None
    exponent = match["plain"] or match["exponent"] or match["raised"].translate(_RAISED)
    front = (match["front"] or match["mantissa"] or "1").replace(",", ".")
    value = Decimal(format(Decimal(front).scaleb(int(exponent), _EXACT), "f"))
    return Number(value, None, pos, match.end())


def _read_suffix(lx: Lexicon, low: str, pos: int, end: int, value: Decimal) -> Number:
    """What may stand right after digits: the ending of an ordinal, "-fold"."""
    if suffix := lx.ordinal_suffix.match(low, end):
        if suffix[0] != "." or _is_ordinal(lx, low, pos, suffix.end()):
            return Number(value, None, pos, suffix.end(), ordinal=True)
    elif suffix := lx.fold_suffix.match(low, end):
        return Number(value, None, pos, suffix.end(), unit=lx.fold_units[suffix[1]])
    return Number(value, None, pos, end, plain=low[pos:end].isdigit())


def _is_ordinal(lx: Lexicon, low: str, pos: int, end: int) -> bool:
    """Whether the full stop after a number makes it an ordinal, and does not end a sentence."""
    if end - pos > 5:
        return False
    if (pos == 0 and end == len(low)) or low[end : end + 1] not in _SPACE_OR_END:
        return True
    before = low[:pos].rsplit(None, 1)
    return bool(before) and before[-1] in lx.ordinal_cues


def _read_slash(lx: Lexicon, low: str, pos: int, end: int, digits: str) -> Number | None:
    fraction = _FRACTION.match(low, end)
    if fraction is None or len(digits) > 2:
        return None
    return _ratio(int(digits), int(fraction[1]), pos, fraction.end())


def _read_scale(lx: Lexicon, low: str, end: int, money: bool) -> tuple[int, int, Decimal | None]:
    """The factor of what stands after digits, where it ends, and an added half."""
    following = low[end : end + 2]
    first = following[1:] if following[:1] in _JOINERS else following[:1]
    if first not in lx.scale_initials:
        return 1, end, None
    match = lx.digit_scale.match(low, end)
    if match is not None:
        unit = lx.units.names.longest(low, end)
        if unit is not None and unit[1] > match.end():
            return 1, end, None  # "7 mille marin"
        factor = 1
        for word in lx.scale_word.findall(match[2]):
            factor *= lx.scales[word]
        more = match[1] or match[3]
        return factor, match.end(), lx.added[more] if more else None
    signed = lx.scale_before_sign.match(low, end)
    if signed is not None:
        return lx.attached_money[signed[1]], signed.end(), None
    letter = low[end]
    if letter == "m" and not money and lx.dimension.match(low, end):
        return 1, end, None  # "5m high"
    attached = lx.attached_money if money else lx.attached
    if letter in attached and not low[end + 1 : end + 2].isalnum():
        return attached[letter], end + 1, None
    return 1, end, None


def _read_words(lx: Lexicon, low: str, pos: int, bare: bool) -> Number | None:
    start = _article(lx, low, pos)
    found = _read_fraction(lx, low, pos, start) or _read_ordinal(lx, low, pos)
    if found is not None:
        return found
    word = _WORD.match(low, pos)
    if word is not None:
        if word[0] in lx.whole:
            return _with_scale(lx, low, lx.whole[word[0]], pos, word.end())
        if word[0] in lx.multiples:
            value = Decimal(lx.multiples[word[0]])
            return Number(value, None, pos, word.end(), unit="times")
    match = lx.words.match(low, pos)
    if match is None:
        return None
    words = match[0]
    first = _WORD.match(low, pos)
    if (
        first is not None
        and first[0] in lx.scales
        and start == pos
        and not bare
        and first[0] not in lx.bare_words
        and not (
            first[0] in lx.hedged_words
            and lx.before.longest(low[max(0, pos - _HEDGE_REACH) : pos].split())
        )
    ):
        return None  # "million" alone is no number; "a million" is
    value, scale = _value_of_words(lx, words)
    begin = start if first is not None and first[0] in lx.scales else pos
    if suffix := lx.fold_suffix.match(low, match.end()):
        return Number(value, None, pos, suffix.end(), unit=lx.fold_units[suffix[1]])
    return _one_in(lx, low, Number(value, None, begin, match.end(), scale=scale))


_WORD = lazy(r"[^\W\d_]+")


def _article(lx: Lexicon, low: str, pos: int) -> int:
    """Where an article right before a position begins, or the position."""
    if pos < 2 or low[pos - 1] != " ":
        return pos
    begin = low.rfind(" ", 0, pos - 1) + 1
    word = low[begin : pos - 1].lstrip("([\"'„“”«»‹›‚")
    return pos - 1 - len(word) if word in lx.articles else pos


def _read_fraction(lx: Lexicon, low: str, pos: int, start: int) -> Number | None:
    turned = lx.turned_part.match(low, pos) if lx.denominators else None
    if turned is not None:
        count, whole = lx.numerators[turned[2]], lx.denominators[turned[1]]
        return _ratio(count, whole, pos, turned.end())._replace(part=True)
    match = lx.part.match(low, pos)
    if match is None:
        return None
    numerator, part = match.groups()
    denominator = lx.parts[part]
    if numerator is None:
        if start == pos and part not in lx.bare_parts:
            return None
        count = 1
    else:
        start = pos
        count = int(_value_of_words(lx, numerator)[0])
    if part in lx.ordinals and count != 1:
        return None
    if count == 0 or count > denominator * 20:
        return None
    end = match.end()
    if numerator is None and low[start - 5 : start].endswith(tuple(lx.added_words)):
        return _after_unit(lx, low, start, end, Decimal(count) / denominator)
    number = _ratio(count, denominator, start, end)
    if number.parts is not None:
        return number._replace(part=True)
    return _with_scale(lx, low, number.value, start, end, part=True)


def _after_unit(lx: Lexicon, low: str, start: int, end: int, part: Decimal) -> Number | None:
    """What "and a half" is added to: "a year and a half"; None where that is no unit."""
    before = low.rfind(" ", 0, start - 1) + 1
    one = lx.article_unit.search(low, max(0, before - 40), before)
    if one is None:
        return None
    unit = lx.units.names.longest(low, one.start(1))
    if unit is None or unit[1] != one.end(1):
        return None
    return Number(1 + part, None, one.start(), end, unit=unit[0])


def _with_scale(
    lx: Lexicon, low: str, value: Decimal, start: int, end: int, *, part: bool = False
) -> Number:
    """A part, and what it is a part of: "half a million"."""
    match = lx.scale_after_part.match(low, end)
    if match is None:
        return Number(value, None, start, end, part=part)
    scaled = _EXACT.multiply(value, Decimal(lx.scales[match[1]]))
    return Number(_whole(scaled), None, start, match.end(), scale=lx.scales[match[1]])


def _read_ordinal(lx: Lexicon, low: str, pos: int) -> Number | None:
    match = lx.ordinal_words.match(low, pos)
    if match is None:
        return None
    total = 0
    for word in lx.ordinal_parts.findall(match[0]):
        total += lx.ordinals.get(word) or lx.additive[word]
    end = match.end()
    if total > 2 and lx.every and low[pos - 1 : pos] == " ":
        begin = low.rfind(" ", 0, pos - 1) + 1
        if low[begin : pos - 1] in lx.every and lx.units.names.longest(low, end) is None:
            return _ratio(1, total, begin, end)  # "jeder vierte", but not "jedes vierte Jahr"
    return Number(Decimal(total), None, pos, end, ordinal=True)


def _one_in(lx: Lexicon, low: str, number: Number) -> Number:
    """A fraction such as "one in three", where the second number is the greater one."""
    if number.end >= len(low) or low[number.end] != " ":
        return number
    match = lx.one_in.match(low, number.end)
    if match is None or match.end() >= len(low) or number.scale > 1 or number.value < 1:
        return number
    at = match.end()
    if low[at] in _DIGITS:
        digits = lx.digits.match(low, at)
        if digits is None or digits[2] or low[digits.end() : digits.end() + 1].isalnum():
            return number
        if len(digits[1]) > _MAX_DIGITS:
            return number
        whole, end = int(digits[1].translate(lx.no_groups)), digits.end()
        if digits[1].isdigit() and len(digits[1]) == 4:
            return number  # "three in 2024"
    else:
        words = lx.words.match(low, at)
        if words is None:
            return number
        whole, end = int(_value_of_words(lx, words[0])[0]), words.end()
    if number.value != int(number.value) or whole <= number.value:
        return number
    if lx.units.names.longest(low, end) is not None:
        return number  # "three in five years"
    return _ratio(int(number.value), whole, number.start, end)


@lru_cache(maxsize=1024)
def _value_of_words(lx: Lexicon, words: str) -> tuple[Decimal, int]:
    """The value of number words, and the factor of the scales that end them."""
    added = Decimal(0)
    if (more := lx.added_part.search(words)) is not None:
        added = lx.added[more[0]]
        if (behind := lx.morphemes.findall(words[: more.start()])) and behind[-1] in lx.scales:
            added *= lx.scales[behind[-1]]  # "a million and a half"
            value, scale = _value_of_words(lx, words[: more.start()])
            return _whole(value + added), scale
        words = words[: more.start()] + words[more.end() :]
    total = current = Decimal(0)
    scale = 1
    for word in lx.morphemes.findall(words):
        if word in lx.additive:
            current += lx.additive[word]
            scale = 1
            continue
        factor = lx.scales[word]
        if factor == 100:
            current = (current or Decimal(1)) * 100
            continue
        scale *= factor
        if current or added:
            smaller = total % factor  # "dos mil quinientos millones": both are millions
            total -= smaller
            total += _EXACT.multiply(smaller + current + added, Decimal(factor))
            added = Decimal(0)
        else:
            total = _EXACT.multiply(total or Decimal(1), Decimal(factor))
        current = Decimal(0)
    return _whole(total + current + added), scale


def _ratio(numerator: int, denominator: int, start: int, end: int) -> Number:
    """A fraction: as a decimal where one can write it, else in two numbers."""
    rest = denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if numerator % rest == 0:
        return Number(Decimal(numerator) / denominator, None, start, end)
    return Number(Decimal(numerator), denominator, start, end)


def _scaled(digits: str, fraction: str, scale: int) -> Decimal:
    zeros = _ZEROS.get(scale)
    if zeros is None:
        return _whole(_EXACT.multiply(Decimal(f"{digits}.{fraction or 0}"), Decimal(scale)))
    if not zeros:
        return Decimal(f"{digits}.{fraction}") if fraction else Decimal(digits)
    if len(fraction) <= zeros:
        return Decimal(digits + fraction + "0" * (zeros - len(fraction)))
    return Decimal(f"{digits}{fraction[:zeros]}.{fraction[zeros:]}")


def _whole(value: Decimal) -> Decimal:
    """Without the zeros behind the point that multiplying leaves."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), context=_EXACT)
    return value.normalize(_EXACT)
