"""The same mistakes before tools that look whether words stand in a text.

Neither knows of claims, so each is asked what it can answer, and in the way that serves it best:
whether the quotes stand in the article, and whether what the claim says (its values, times, names
as they are written in the facts) stands in the quotes. A mistake is noticed where something does
not stand there that did before; a right claim of which something does not is a false alarm.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import scratch
from benchmarks.mistakes import TABLE, Data, Sample, make_mistakes
from benchmarks.peer_process import SCRIPTS, Peer, PeerMissingError, PeerProcess

PEERS = (
    Peer("langextract", "langextract", "1.7.1", SCRIPTS / "with_langextract.py"),
    Peer(
        "linkml-reference-validator",
        "linkml-reference-validator",
        "0.4.0",
        SCRIPTS / "with_reference_validator.py",
    ),
)
_Pair = tuple[str, str]


def _pairs(sample: Sample, claim: Data) -> Iterator[_Pair]:
    """Words of a claim, and the text in which they should stand."""
    quotes = claim["quote"] if isinstance(claim["quote"], list) else [claim["quote"]]
    words = [one["exact"] if isinstance(one, dict) else one for one in quotes]
    for part in words:
        for piece in part.split("[…]"):
            yield piece.strip(), sample.text
    quote = " ".join(words)
    for key in ("subject", "value", "share", "change", "during", "comparedWith", "with", "by"):
        for said in _leaves(claim.get(key)):
            yield _label(sample, said), quote


def _leaves(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif node is not None:
        for one in node.values() if isinstance(node, dict) else node:
            yield from _leaves(one)


def _label(sample: Sample, said: str) -> str:
    """The name of an entity in place of its slug."""
    entity = sample.root["entities"].get(said)
    if entity is None:
        return said
    label = entity["label"]
    return str(label if isinstance(label, str) else next(iter(label.values())))


def ask(seed: int, languages: Sequence[str], paths: Sequence[Path]) -> dict[str, Any]:
    """What each tool catches, by language and kind of mistake.

    Args:
        seed: of the mistakes.
        languages: primary subtags.
        paths: folders or facts files.
    """
    samples = [sample for path in paths if (sample := Sample.of(path)).language in languages]
    mistakes = [(sample, one) for sample in samples for one in make_mistakes(sample, seed)]
    claims = [(sample, claim) for sample in samples for claim in sample.claims]
    pairs = list(
        dict.fromkeys(
            pair
            for sample, data in [*claims, *((sample, one.data) for sample, one in mistakes)]
            for pair in _pairs(sample, data)
        )
    )
    folder = scratch() / "quotes"
    folder.mkdir(exist_ok=True)
    (folder / "pairs.json").write_text(json.dumps(pairs), "utf-8")
    result: dict[str, Any] = {}
    for peer in PEERS:
        try:
            with PeerProcess(peer.python(), peer.script, folder) as process:
                found = process.ask("find")["result"]
        except PeerMissingError as error:
            raise SystemExit(f"{peer.name}: {error}") from error
        stands = dict(zip(pairs, found, strict=True))

        def lacks(sample: Sample, data: Data, stands: dict[_Pair, bool] = stands) -> set[_Pair]:
            return {pair for pair in _pairs(sample, data) if not stands[pair]}

        made: dict[str, Counter[str]] = {language: Counter() for language in languages}
        caught: dict[str, Counter[str]] = {language: Counter() for language in languages}
        for sample, one in mistakes:
            noticed = lacks(sample, one.data) - lacks(sample, sample.claims[one.claim])
            for name in (one.operator, *(["all"] if one.operator in TABLE["operators"] else ())):
                made[sample.language][name] += 1
                caught[sample.language][name] += bool(noticed)
        alarms = Counter(sample.language for sample, claim in claims if lacks(sample, claim))
        all_claims = Counter(sample.language for sample, _ in claims)
        result[f"{peer.name} {peer.version}"] = {
            "caught": {
                language: {name: [caught[language][name], count] for name, count in those.items()}
                for language, those in made.items()
            },
            "false_alarms_in_50_claims": {
                language: 50 * alarms[language] / all_claims[language] for language in languages
            },
        }
    return result
