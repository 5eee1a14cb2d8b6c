"""How a command reaches a Wikibase: its options, and the client or file that it reads from."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lod.errors import InputError

if TYPE_CHECKING:
    from lod.wikidata.snapshot import Snapshot

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Reach:
    """Where items are read from.

    Attributes:
        items: a file of entity JSON to read in place of the network, or None.
        api: address of the action API, or None for Wikidata.
        contact: who runs this, for the User-Agent, or None.
        cache: folder for answers, or None to keep none.
    """

    items: str | None
    api: str | None
    contact: str | None
    cache: str | None


def snapshot_options(function: _F) -> _F:
    """The options that say where items are read from; the command gets them as one `reach`."""
    from functools import wraps

    @wraps(function)
    def gathered(
        *args: Any,
        items: str | None,
        api: str | None,
        contact: str | None,
        cache: str | None,
        **kwargs: Any,
    ) -> Any:
        return function(*args, reach=Reach(items, api, contact, cache), **kwargs)

    decorated: Any = gathered
    for option in (
        click.option(
            "--cache",
            metavar="FOLDER",
            envvar="LOD_CACHE",
            show_envvar=True,
            type=click.Path(file_okay=False),
            help="Keep answers here for a day, so that the next run asks less.",
        ),
        click.option(
            "--contact",
            metavar="WHO",
            envvar="LOD_CONTACT",
            show_envvar=True,
            help="A mail address or page of yours, which Wikidata asks of every client.",
        ),
        click.option(
            "--api",
            metavar="URL",
            envvar="LOD_WIKIBASE",
            show_envvar=True,
            help="Action API of another Wikibase that has Wikidata's items.",
        ),
        click.option(
            "--items",
            metavar="FILE",
            type=click.Path(dir_okay=False),
            help="Read the items from this answer of wbgetentities, not from the network.",
        ),
    ):
        decorated = option(decorated)
    result: _F = decorated
    return result


def read_snapshot(reach: Reach, qids: Sequence[str], languages: Sequence[str]) -> Snapshot:
    """What the Wikibase, or a file in its place, says of items.

    Args:
        reach: where to read from.
        qids: the items.
        languages: of the labels to show, the preferred one first.

    Raises:
        InputError: the file cannot be read, or nobody is named as contact.
        NetworkError: the Wikibase could not be asked.
    """
    from lod.wikidata.snapshot import Snapshot, snapshot_of, snapshot_of_outcomes

    if reach.items is not None:
        return snapshot_of(_entities(reach.items), languages[0])
    if not qids:
        return Snapshot({})
    if not reach.contact:
        raise InputError(
            "Wikidata asks every client to name a contact",
            hint="give --contact you@example.org, or set LOD_CONTACT; "
            "--items FILE needs no network",
        )
    from lod.wikidata.client import Client
    from lod.wikidata.wikibase import WIKIDATA, Wikibase

    wikibase = WIKIDATA if reach.api is None else Wikibase(reach.api, WIKIDATA.entity)
    cache = None if reach.cache is None else Path(reach.cache).expanduser()
    with Client(wikibase, contact=reach.contact, cache=cache) as client:
        outcomes = client.get_items(qids, languages, ("labels", "claims", "info"))
    return snapshot_of_outcomes(outcomes, languages)


def _entities(file: str) -> dict[str, dict[str, Any]]:
    """The entities of a file: an answer of wbgetentities, or one entity."""
    try:
        data = json.loads(Path(file).read_text("utf-8"))
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: is not JSON: {error}") from None
    entities = data.get("entities") if isinstance(data, dict) else None
    if entities is None and isinstance(data, dict) and "claims" in data and "id" in data:
        entities = {str(data["id"]): data}
    if not isinstance(entities, dict) or not all(isinstance(e, dict) for e in entities.values()):
        raise InputError(f"{file}: is no answer of wbgetentities")
    return entities
