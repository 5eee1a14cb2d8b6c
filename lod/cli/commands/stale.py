"""`lod stale`: facts that somebody should look at again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property, partial
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource
from msgspec.structs import replace

from lod.cli.app import Command
from lod.cli.support.corpora import processors
from lod.cli.support.options import report_option
from lod.cli.support.reporting import failed, report, summary
from lod.cli.support.terminal import Progress, tell, visible
from lod.cli.support.wikibase import open_client, reading_options, wikibase_of

if TYPE_CHECKING:
    from lod.http.look import Look
    from lod.http.retry import Retry
    from lod.model.facts import Facts
    from lod.review.stale import Opened, Stale
    from lod.wikidata.client import Client
    from lod.wikidata.wikibase import Wikibase

_FAILED = 2
_STEP = 100
#: The options of which nothing comes without --online.
_ASKING = ("api", "entity_base", "contact", "cache", "max_seconds")
#: Seconds for which an answer of the Wikibase is good: a corpus asks for few items often.
_MAX_AGE = 3600.0
#: A publication that could not be read, and why.
Unread = list[tuple[str, str]]


@click.command(
    "stale",
    cls=Command,
    examples=[
        ("on a day", "lod stale examples/russia-kazakhstan --on 2025-06-01"),
        ("today, and whether sources and items are still there", "lod stale --online"),
        ("a corpus, as annotations of a pull request", "lod stale corpus -f github"),
    ],
)
@click.argument("path", metavar="[DIR|CORPUS]", default=".", type=click.Path(path_type=Path))
@click.option("--on", "date", metavar="YYYY-MM-DD", help="The day to look from; today by default.")
@click.option(
    "--online",
    is_flag=True,
    help="Ask the addresses of the texts whether they are there, and the Wikibase for the items.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="Processes that read a corpus; one for each processor by default.",
)
@report_option()
@reading_options
def command(
    *,
    path: Path,
    date: str | None,
    online: bool,
    jobs: int | None,
    form: str,
    api: str | None,
    entity_base: str | None,
    contact: str | None,
    cache: Path | None,
    max_seconds: float | None,
) -> int:
    """Find facts that somebody should look at again.

    Nothing is written. Found are claims whose `staleAfter:` is over; what is planned, expected,
    offered, demanded or possible, where the time of it is over ("will open in 2025", once 2025 is);
    links whose item the lock knows to be merged or deleted. With --online also texts whose address
    has nothing any more or leads elsewhere for good, and items that were merged, deleted, renamed
    or retyped since then.

    Each is told with its place and the command that settles it. CORPUS is a folder of
    publications, or JSON Lines. The day is said in the report.

    Exits with 1 where there is something to look at, with 2 where a publication could not be read
    or the Wikibase not be asked.
    """
    from lod.language.dates import parse_date
    from lod.review.stale import find_stale, open_publication
    from lod.sources import is_corpus

    if not online:
        _refuse_for_online(click.get_current_context())
    on = datetime.now(UTC).date().isoformat() if date is None else parse_date(date)
    found: list[Stale] = []
    unread: Unread = []
    number = 0
    with ExitStack() as stack, Progress("publications") as progress:
        if online:
            wikibase = wikibase_of(api, entity_base, None)
            look = _Online(stack, on, wikibase, contact, cache, max_seconds)
            publications = _online(path, look, unread)
        elif is_corpus(path):
            publications = _corpus(path, on, jobs or processors(), unread)
        else:
            publications = iter([find_stale(open_publication(path), on)])
        for number, stale in enumerate(publications, 1):
            found += sorted(stale, key=attrgetter("location", "code"))
            if not number % _STEP:
                progress.update(number, None)
    names = [{"name": name, "why": why} for name, why in unread]
    report(found, form, {"on": on, "online": online, "publications": number, "unread": names})
    if form == "text":
        tell(f"{path} on {on}: {summary(found)}")
    for name, why in unread:
        tell(f"not read: {visible(f'{name}: {why}')}")
    return _FAILED if unread else int(failed(found))


def _refuse_for_online(context: click.Context) -> None:
    """Refuse options that say how to ask where nothing is asked; variables may say it still."""
    for option in context.command.params:
        given = context.get_parameter_source(option.name or "")
        if option.name in _ASKING and given is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{option.opts[0]} is for --online.")


def _corpus(path: Path, on: str, jobs: int, unread: Unread) -> Iterator[list[Stale]]:
    """What is to be looked at in each publication of a corpus."""
    from lod.corpus.items import find_items
    from lod.review.sources import in_workers
    from lod.review.stale import stale_of_item

    for one in in_workers(partial(stale_of_item, on), find_items(path), jobs):
        if isinstance(one, tuple):
            unread.append(one)
        else:
            yield one


def _online(path: Path, online: _Online, unread: Unread) -> Iterator[list[Stale]]:
    """The same of one publication or a corpus, with what the network says."""
    from lod.corpus.items import find_items
    from lod.errors import LodError
    from lod.review.stale import open_item, open_publication
    from lod.sources import is_corpus

    if not is_corpus(path):
        yield online.find(open_publication(path), unread)
        return
    for item in find_items(path):
        try:
            opened = open_item(item)
        except LodError as error:
            unread.append((item.key, error.message))
        else:
            yield online.find(opened, unread)


class _Online:
    """Asks the network.

    Args:
        stack: closes the client.
        on: xsd:date.
        wikibase: which is asked for items.
        contact: who asks.
        cache: folder for its answers.
        max_seconds: for all requests to it together, and for all to other addresses; None for any.
    """

    def __init__(
        self,
        stack: ExitStack,
        on: str,
        wikibase: Wikibase,
        contact: str | None,
        cache: Path | None,
        max_seconds: float | None,
    ) -> None:
        self._stack = stack
        self._on = on
        self._wikibase = wikibase
        self._options = (contact, cache)
        self._max_seconds = max_seconds
        self._client: Client | None = None
        self._seen: dict[str, Look] = {}

    def find(self, opened: Opened, unread: Unread) -> list[Stale]:
        """What is to be looked at in a publication."""
        from lod.http.errors import NetworkError
        from lod.review.stale import find_stale, stale_links, stale_sources

        found = find_stale(opened, self._on) + stale_sources(opened, self._look)
        known = {(one.code, one.path) for one in found}
        facts = opened.publication.require_facts()
        try:
            links = stale_links(opened, self._open(facts), self._on, self._wikibase.entity)
        except NetworkError as error:
            unread.append((opened.folder, error.message))
            return found
        return found + [one for one in links if (one.code, one.path) not in known]

    def _open(self, facts: Facts) -> Client:
        if self._client is None:
            client = open_client(
                self._wikibase,
                facts,
                *self._options,
                max_age=_MAX_AGE,
                max_seconds=self._max_seconds,
            )
            self._client = self._stack.enter_context(client)
        return self._client

    @cached_property
    def _retry(self) -> Retry:
        from lod.http.look import LIMITS
        from lod.http.retry import Retry

        return Retry(replace(LIMITS, whole=self._max_seconds))

    def _look(self, url: str) -> Look:
        from lod.http.look import look_at

        if url not in self._seen:
            self._seen[url] = look_at(url, self._retry)
        return self._seen[url]
