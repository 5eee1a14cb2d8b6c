"""Writes one publication with as many claims as asked for: seeded, so that it is always the same.

    python -m benchmarks.large 2000 FOLDER

A claim has some 230 code points of text: what the sentence states, and words around it. One in
twenty of the quotes leave words out with `[…]`.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from benchmarks.generate import GOODS, PLACES

#: Code points of text that a claim comes to.
_LONG = 230
#: Claims to an entity of the kind that a publication has many of.
_CLAIMS_A_PLACE = 10
_WORDS = (
    "the talks went on until late in the evening and the guests were seen walking along the river "
    "while the delegations compared their notes in the old hall of the town"
).split()
_HEAD = """\
publication:
  base: https://data.example.org/large/
  title: A publication of many claims
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk, url: https://data.example.org/}
document:
  text: article.txt
  language: en
  title: A long article
  author: author
  published: 2024-11-27
entities:
  author: {type: Person, label: Ana Okafor, wikidata: {none: invented}}
"""


def write_publication(claims: int, folder: Path) -> Path:
    """Write `facts.yaml` and `article.txt`.

    Args:
        claims: how many.
        folder: where to; it is made.

    Returns:
        The folder.
    """
    chance = random.Random(claims)  # noqa: S311 - not for secrets
    places = PLACES[: max(2, min(len(PLACES), claims // _CLAIMS_A_PLACE))]
    entities = [
        f"  {place.lower()}: {{type: Country, label: {place}, wikidata: {{none: invented}}}}"
        for place in places
    ]
    facts: list[str] = []
    paragraphs: list[str] = []
    for number in range(1, claims + 1):
        here, there = chance.sample(places, 2)
        quote, rest = _claim(number, here, there, chance)
        count = (_LONG - 30 - len(quote)) // 5
        more = " ".join(chance.choices(_WORDS, k=count))
        paragraphs.append(f"{_plain(quote)}, which in town {number} is known: {more}.")
        facts.append(f'  - id: claim-{number}\n    quote: "{quote}"\n{rest}')
        if "event-" in rest:
            entities.append(f"  event-{number}: {{type: Event, label: meeting {number}}}")
        if "trade-" in rest:
            entities.append(
                f"  trade-{number}: {{type: Flow, label: trade {number} in {_good(number)},"
                f" members: [{here.lower()}, {there.lower()}]}}"
            )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "article.txt").write_text("\n".join(paragraphs) + "\n", "utf-8")
    text = _HEAD + "\n".join(entities) + "\nclaims:\n" + "\n".join(facts) + "\n"
    (folder / "facts.yaml").write_text(text, "utf-8")
    return folder


def edited(text: str) -> str:
    """The text after an editor was at it: the same edits for the same text.

    A word is another one in every 20th paragraph and a number in every 100th, a twentieth of the
    text stands elsewhere, every 200th paragraph is gone, and as many are new.
    """
    lines = text.splitlines()
    chance = random.Random(len(lines))  # noqa: S311 - not for secrets
    for at in range(0, len(lines), 20):
        words = lines[at].split(" ")
        words[-3] = "evidently"
        lines[at] = " ".join(words)
    for at in range(7, len(lines), 100):
        lines[at] = lines[at].replace(" in town ", " in town 9", 1)
    some = max(len(lines) // 20, 1)
    block = lines[some : 2 * some]
    del lines[some : 2 * some]
    lines[len(lines) // 2 : len(lines) // 2] = block
    for _ in range(len(lines) // 200):
        del lines[chance.randrange(len(lines))]
        at = chance.randrange(len(lines))
        lines.insert(at, f"What is new in paragraph {at} is of no importance.")
    return "\n".join(lines) + "\n"


def _good(number: int) -> str:
    return GOODS[number % len(GOODS)]


def _plain(quote: str) -> str:
    """The words as they stand in the text."""
    return quote.replace("[…]", "in its new form,")


def _claim(number: int, here: str, there: str, chance: random.Random) -> tuple[str, str]:
    """The words quoted, and the other lines of the claim."""
    kind = number % 4
    if kind == 1:
        amount = f"{number}.{chance.randrange(1, 10)} billion"
        quote = f"Last year, trade {number} in {_good(number)} exceeded ${amount}"
        rest = f"    subject: trade-{number}\n    property: tradeVolume\n"
        return quote, f"{rest}    value: more than {amount} USD\n    during: last year"
    if kind == 2:
        which = " […]" if number % 20 == 2 else ""
        quote = f"Under article {number}{which} {here} is a partner of {there}"
        rest = f"    subject: {here.lower()}\n    property: cooperatesWith\n"
        return quote, f"{rest}    value: {there.lower()}"
    if kind == 3 and number % 10 == 3:
        quote = f"On day {number}, {there} is reliable"
        rest = f"    subject: {there.lower()}\n    property: describedAs\n"
        return quote, f"{rest}    value: reliable\n    modality: evaluative"
    quote = f"{here} will take part in meeting {number}"
    rest = f"    subject: {here.lower()}\n    property: participantIn\n"
    return quote, f"{rest}    value: event-{number}\n    modality: planned"


if __name__ == "__main__":
    write_publication(int(sys.argv[1]), Path(sys.argv[2]))
