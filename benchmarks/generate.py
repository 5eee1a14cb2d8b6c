"""Writes a corpus of publications in lod's own format: seeded, so that it is always the same.

    python -m benchmarks.generate 1000 corpus.jsonl

Each publication has 16 claims: memberships, amounts of money with hedges and periods, counts,
shares, plans, judgements, quoted speakers. One in a hundred is broken, in one of the ways that the
checks know (`BROKEN`).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_STEMS = (
    "Ald Bren Corv Dastr Elv Fenm Gald Hest Istor Jorv Kald Lorv Marl Norl Ostr Pel Quorr Rhen "
    "Sudl Talv Uran Vestr Wendl Xandr Ystr Zel"
).split()
_ENDINGS = (
    "ova ia ana aria and ark or istan ica ora une eth ium al esse any avia eria imar olis unda "
    "ovia ern osk ivar inna oque uay entia odra esk ymar ule ador intra opol urg aven ost yll"
).split()
PLACES = tuple(stem + ending for stem in _STEMS for ending in _ENDINGS)
_NUMBERS = {place: number for number, place in enumerate(PLACES)}
BODIES = "Union Council League Alliance Assembly Forum Compact Federation".split()
GOODS = "grain steel timber copper cement wool glass paper salt coal".split()
NAMES = "Ana Boris Clara David Elena Felix Greta Henry Irina Jonas".split()
SURNAMES = "Okafor Lindgren Marchetti Novak Petrov Quist Rosen Sato Tanaka Ueda".split()
FILLERS = (
    "The mood in the hall was good.",
    "Let us look ahead with confidence.",
    "Nobody had foreseen such an evening.",
    "Friends of the two cities know this well.",
)
HEDGES = (
    ("more than", "exceeded {v}"),
    ("approximately", "reached approximately {v}"),
    ("at least", "came to at least {v}"),
    ("", "amounted to {v}"),
    ("nearly", "came to nearly {v}"),
)
#: The ways in which a publication can be broken, and the code of what lod finds then.
BROKEN = {
    "misquoted": "quote-not-found",
    "wrong number": "value-not-in-quote",
    "wrong currency": "unit-not-in-quote",
    "wrong hedge": "hedge-not-in-quote",
    "bad item": "bad-qid",
    "unknown speaker": "unknown-entity",
    "month 13": "bad-date",
    "unknown property": "unknown-property",
    "unknown key": "unknown-key",
    "id twice": "duplicate-id",
    "bad base": "bad-iri",
    "no JSON": "json-syntax",
    "wrong range": "range",
    "unknown type": "unknown-type",
}
CLAIMS = 16


def make_publication(number: int, *, broken: bool = True) -> dict[str, Any]:
    """One publication as plain data.

    Args:
        number: which one; decides everything about it.
        broken: whether every hundredth one is broken (but "no JSON", which `write` does).
    """
    chance = random.Random(number)  # noqa: S311 - not for secrets
    places = chance.sample(PLACES, 6)
    entities: dict[str, Any] = {}
    speaker = f"{chance.choice(NAMES)} {chance.choice(SURNAMES)}"
    entities["author"] = {"type": "Person", "label": speaker, "wikidata": _item(chance)}
    for place in places:
        item = f"Q{100_000_000 + _NUMBERS[place]}"
        entities[place.lower()] = {"type": "Country", "label": place, "wikidata": item}
    sentences: list[str] = []
    claims: list[dict[str, Any]] = []
    year = chance.randrange(2005, 2025)
    for index in range(CLAIMS):
        _sentence(chance, index, year, places, entities, sentences, claims)
    _link(random.Random(f"links {number}"), entities)  # noqa: S311 - not for secrets
    used = {word for claim in claims for word in json.dumps(claim).lower().split('"')}
    used |= {one for entity in entities.values() for one in entity.get("members", [])}
    used |= {entity.get("about", "") for entity in entities.values()}
    entities = {slug: entity for slug, entity in entities.items() if slug in {*used, "author"}}
    filler = chance.choice(FILLERS)
    sentences.insert(chance.randrange(len(sentences)), filler)
    data = {
        "publication": {
            "base": f"https://data.example.org/corpus/{number}/",
            "title": f"Claims in article {number}",
            "license": "https://creativecommons.org/publicdomain/zero/1.0/",
            "publisher": {"name": "Example Data Desk", "url": "https://data.example.org/"},
        },
        "document": {
            "content": _paragraphs(sentences),
            "language": "en",
            "title": f"Article {number}",
            "author": "author",
            "published": f"{year}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}",
        },
        "entities": entities,
        "claims": claims,
        "no_fact": [{"quote": filler, "reason": "rhetoric"}],
    }
    if broken and number % 100 == 7:
        _break(data, list(BROKEN)[number // 100 % len(BROKEN)])
    return data


def _item(chance: random.Random) -> str:
    """A Wikidata item id; few items are common, most are rare."""
    return f"Q{int(chance.paretovariate(0.6)) % 5_000_000 + 1}"


def _link(chance: random.Random, entities: dict[str, Any]) -> None:
    """Link organisations and events, each of which several texts of a large corpus name."""
    taken = set()
    for slug, entity in entities.items():
        if slug.startswith("body-"):
            name, _, place = entity["label"].partition(" of ")
            number = 200_000_000 + BODIES.index(name) * 10_000 + _NUMBERS[place]
        elif slug.startswith("summit-"):
            number = 300_000_000 + chance.randrange(5_000)
        else:
            continue
        if number not in taken:
            taken.add(number)
            entity["wikidata"] = f"Q{number}"


def _paragraphs(sentences: list[str]) -> str:
    groups = [sentences[i : i + 4] for i in range(0, len(sentences), 4)]
    return "\n".join(" ".join(group) for group in groups)


def _sentence(
    chance: random.Random,
    index: int,
    year: int,
    places: list[str],
    entities: dict[str, Any],
    sentences: list[str],
    claims: list[dict[str, Any]],
) -> None:
    """Add one sentence and the claim that it carries."""
    here, there = chance.sample(places, 2)
    number = 3 + index * 7 + chance.randrange(1, 7)  # no figure stands twice in a text
    claim: dict[str, Any] = {"id": f"claim-{index + 1}"}
    kind = index % 8
    if kind in (0, 4):
        body = f"{BODIES[index // 4 % len(BODIES)]} of {here}"
        slug = f"body-{index}"
        entities[slug] = {"type": "Organization", "label": body}
        sentences.append(f"{there} belongs to the {body}, founded on day {number}.")
        claim |= {
            "quote": f"{there} belongs to the {body}",
            "subject": there.lower(),
            "property": "memberOf",
            "value": slug,
        }
    elif kind in (1, 5):
        good = GOODS[index // 4]
        slug = f"trade-{index}"
        entities[slug] = {
            "type": "Flow",
            "label": f"trade in {good}",
            "members": [here.lower(), there.lower()],
        }
        hedge, words = HEDGES[index % len(HEDGES)]
        amount = f"${number}.{chance.randrange(1, 10)} billion"
        quote = f"Last year, trade in {good} {words.format(v=amount)}"
        sentences.append(f"{quote} between {here} and {there}.")
        claim |= {
            "quote": quote,
            "subject": slug,
            "property": "tradeVolume",
            "value": f"{hedge} {amount[1:]} USD".strip(),
            "during": "last year",
        }
    elif kind == 2:
        slug = f"firms-{index}"
        entities[slug] = {"type": "Group", "label": f"firms of {here}", "about": here.lower()}
        quote = f"more than {number},{chance.randrange(100, 999)} firms of {here}"
        sentences.append(f"Today {quote} sell abroad.")
        claim |= {
            "quote": quote,
            "subject": slug,
            "property": "count",
            "value": quote.split(" firms", maxsplit=1)[0],
        }
    elif kind == 3:
        slug = f"exports-{index}"
        entities[slug] = {"type": "Flow", "label": f"exports of {here}", "about": here.lower()}
        quote = f"some {number} percent of the exports of {here} pass through {there}"
        sentences.append(f"For now, {quote}.")
        claim |= {
            "quote": quote,
            "subject": slug,
            "share": f"some {number} percent",
            "property": "passesThrough",
            "value": there.lower(),
        }
    elif kind == 6:
        slug = f"summit-{index}"
        entities[slug] = {"type": "Event", "label": f"summit number {number}"}
        quote = f"{here} will take part in summit number {number}"
        sentences.append(f"{quote}.")
        claim |= {
            "quote": quote,
            "subject": here.lower(),
            "property": "participantIn",
            "value": slug,
            "modality": "planned",
        }
    else:
        slug = f"witness-{index}"
        entities[slug] = {"type": "Person", "label": f"Witness {number}"}
        quote = f"Witness {number} called {there} reliable"
        sentences.append(f"{quote} and open.")
        claim |= {
            "quote": quote,
            "by": slug,
            "subject": there.lower(),
            "property": "describedAs",
            "value": "reliable",
            "modality": "evaluative",
        }
    claims.append(claim)


def _break(data: dict[str, Any], way: str) -> None:
    claims = data["claims"]
    trade = claims[1]
    match way:
        case "misquoted":
            trade["quote"] = trade["quote"].replace("trade in", "trade of")
        case "wrong number":
            trade["value"] = trade["value"].replace(" billion", "7 billion")
        case "wrong currency":
            trade["value"] = trade["value"].replace("USD", "EUR")
        case "wrong hedge":
            trade["value"] = "less than " + trade["value"].replace("approximately ", "")
        case "bad item":
            data["entities"]["author"]["wikidata"] = "X12"
        case "unknown speaker":
            claims[7]["by"] = "nobody"
        case "month 13":
            data["document"]["published"] = "2020-13-01"
        case "unknown property":
            claims[0]["property"] = "membrOf"
        case "unknown key":
            claims[0]["propperty"] = claims[0].pop("property")
        case "id twice":
            claims[2]["id"] = claims[0]["id"]
        case "bad base":
            data["publication"]["base"] = "https://data.example.org/a b/"
        case "wrong range":
            claims[0]["value"] = claims[0]["subject"]
        case "unknown type":
            data["entities"]["author"]["type"] = "Persn"
        case _:  # "no JSON" is done where the line is written
            pass


def make_lines(count: int, *, broken: bool = True) -> Iterator[bytes]:
    """The publications as lines of a JSON Lines file, without line ends."""
    ways = list(BROKEN)
    for number in range(count):
        line = json.dumps(make_publication(number, broken=broken), ensure_ascii=False).encode()
        if broken and number % 100 == 7 and ways[number // 100 % len(ways)] == "no JSON":
            line = line[:-3]
        yield line


def main() -> None:
    """Write a corpus to a file."""
    count, path = int(sys.argv[1]), Path(sys.argv[2])
    with path.open("wb") as out:
        for line in make_lines(count):
            out.write(line + b"\n")


if __name__ == "__main__":
    main()
