"""How a command reaches a Wikibase: its options, and the client or file that it reads from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lod.cli.wikibase import open_client, reading_options, wikibase_of
from lod.errors import InputError

if TYPE_CHECKING:
    from lod.publication import Publication
    from lod.wikidata.snapshot import Snapshot

_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Reach:
    """Where items are read from.

    Attributes:
        items: a file of entity JSON to read in place of the network, or None.
        api: address of the action API, or None for Wikidata.
        entity_base: IRI under which its items are named, or None for Wikidata.
        contact: who runs this, for the User-Agent; the publisher where None.
        cache: folder for answers; that of the user where None.
    """

    items: str | None
    api: str | None
    entity_base: str | None
    contact: str | None
    cache: Path | None


def snapshot_options(function: _F) -> _F:
    """The options that say where items are read from; the command gets them as one `reach`."""

    @wraps(function)
    def gathered(
        *args: Any,
        items: str | None,
        api: str | None,
        entity_base: str | None,
        contact: str | None,
        cache: Path | None,
        **kwargs: Any,
    ) -> Any:
        reach = Reach(items, api, entity_base, contact, cache)
        return function(*args, reach=reach, **kwargs)

    items_option = click.option(
        "--items",
        metavar="FILE",
        type=click.Path(dir_okay=False),
        help="Read the items from this answer of wbgetentities, not from the network.",
    )
    decorated: Any = items_option(reading_options(gathered))
    result: _F = decorated
    return result


def read_snapshot(reach: Reach, publication: Publication, *, fresh: bool = False) -> Snapshot:
    """What the Wikibase, or a file in its place, says of the items of a publication.

    Args:
        reach: where to read from.
        publication: whose items.
        fresh: whether answers that were kept earlier are too old.

    Raises:
        FindingsError: the publication has errors.
        InputError: the file cannot be read, or an option cannot be used.
        NetworkError: the Wikibase could not be asked.
    """
    from lod.wikidata.errors import BadAnswerError
    from lod.wikidata.snapshot import Snapshot, needed_items, snapshot_of, snapshot_of_outcomes

    facts = publication.require_facts()
    languages = list(dict.fromkeys(["en", facts.document.language]))
    if reach.items is not None:
        try:
            return snapshot_of(_entities(reach.items), languages[0])
        except BadAnswerError as error:
            raise InputError(f"{reach.items}: {error.message}") from None
    qids = needed_items(facts, publication.vocabulary)
    if not qids:
        return Snapshot({})
    wikibase = wikibase_of(reach.api, reach.entity_base, None)
    max_age = 0.0 if fresh else 86_400.0
    with open_client(wikibase, facts, reach.contact, reach.cache, max_age=max_age) as client:
        outcomes = client.get_items(qids, languages, ("labels", "claims", "info"))
    return snapshot_of_outcomes(outcomes, languages)


def _entities(file: str) -> dict[str, dict[str, Any]]:
    """The entities of a file: an answer of wbgetentities, or one entity."""
    from lod.wikidata.json_body import parse_json

    try:
        data = parse_json(Path(file).read_text("utf-8"))
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
