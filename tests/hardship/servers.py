"""A Wikibase that gives broken answers: commands end, say why, and keep what they had."""

from __future__ import annotations

import json
import os
import random
import tempfile
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from tests.hardship.faults import left_over
from tests.hardship.mutations import mutate, reshape
from tests.hardship.subjects import WrongError, call
from tests.hardship.tally import Tally
from tests.wikidata import faults
from tests.wikidata.action_api import respond
from tests.wikidata.faults import Fault
from tests.wikidata.publications import publication
from tests.wikidata.wikibase import Handler, LocalWikibase

_CLAIM = "subject: kazakhstan\nproperty: memberOf\nvalue: csto"
COMMANDS = {
    "link --update": ("link", "{}", "--update", "--date", "2024-12-02"),
    "link": ("link", "{}", "--dry-run", "--accept-above", "0.85", "--date", "2024-12-02"),
    "compare": ("compare", "{}", "--all"),
    "contribute": ("contribute", "{}", "--quiet"),
}
#: Seconds that a command may ask; servers that are silent are given up after that.
_SECONDS = "0.5"


def _mutated(chance: random.Random) -> Fault:
    """The right answer, broken."""

    def fault(handler: Handler) -> bool:
        params = dict(parse_qsl(urlsplit(handler.path).query, keep_blank_values=True))
        body = json.dumps(respond(handler.local.entities, params)).encode()
        broken = mutate(body, chance) if chance.random() < 0.2 else reshape(body, chance)
        handler.answer(broken)
        return False

    return fault


def _faults(chance: random.Random) -> list[Fault]:
    kinds: list[Fault] = [
        _mutated(chance),
        _mutated(chance),
        _mutated(chance),
        faults.maxlag(chance.choice(["0", "1", "9999", "-1", "x", None])),
        faults.too_many(chance.choice(["0", "1", "99999999999999999999", "soon", None])),
        faults.failing(chance.choice([500, 502, 503, 599])),
        faults.redirect(chance.choice(["/w/api.php", "http://[", "file:///etc/passwd", "//", ""])),
        faults.api_error(chance.choice(["no-such-entity", "readonly", "W" * 50_000])),
        faults.answer(b"\xff\xfe{}", kind=chance.choice([None, "text/html", "x" * 5_000])),
        *(faults.truncated, faults.truncated_chunks, faults.half_json, faults.hang_up),
        chance.choice([faults.drip, faults.drip_headers, faults.silent, faults.silent_in_body]),
    ]
    return [chance.choice(kinds) for _ in range(chance.randint(1, 6))]


def try_servers(tally: Tally, chance: random.Random, count: int) -> None:
    """Ask a hostile Wikibase so many times.

    Args:
        tally: is told what came about.
        chance: decides what is wrong.
        count: how many commands are run.
    """
    os.environ["NO_PROXY"] = "127.0.0.1,localhost"
    with tempfile.TemporaryDirectory(prefix="lod-hardship-") as made:
        root = Path(made)
        file = publication(root / "p", _CLAIM).folder / "facts.yaml"
        text = file.read_text("utf-8")
        file.write_text(text.replace("label: Astana, wikidata: Q1520", "label: Astana"), "utf-8")
        before = {path: path.read_bytes() for path in (root / "p").iterdir()}
        for number in range(count):
            name = chance.choice(sorted(COMMANDS))
            kind = f"hostile server: {name}"
            with LocalWikibase() as local:
                local.fail(*_faults(chance))
                arguments = [one.replace("{}", str(file)) for one in COMMANDS[name]]
                arguments += ["--wikibase", local.api, "--max-seconds", _SECONDS]
                arguments += ["--cache", str(root / f"cache-{number}")]
                try:
                    said = call(*arguments)
                    _look(root, before)
                    tally.note(kind, ("fine", "findings", "refused")[said.code])
                except WrongError as wrong:
                    tally.fail(kind, f"number {number}: {wrong}")
            (root / "p" / "wikidata.lock").unlink(missing_ok=True)


def _look(root: Path, before: dict[Path, bytes]) -> None:
    """See that the facts are as they were, that the lock can be read, and that nothing is left."""
    for path, content in before.items():
        if path.read_bytes() != content:
            raise WrongError(f"{path.name} was changed")
    if left := left_over(root, locks=True):
        raise WrongError(f"left behind: {left}")
    lock = root / "p" / "wikidata.lock"
    if lock.is_file():
        from lod.links.lock import read_lock

        read_lock(lock.read_bytes(), "wikidata.lock")
        if lock.stat().st_size > 200_000:
            raise WrongError(f"the lock has {lock.stat().st_size:,} bytes")
