"""The options that say which Wikibase is asked, and how."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from lod.cli.support.options import network_seconds_option
from lod.errors import InputError
from lod.store.places import user_folder

if TYPE_CHECKING:
    from lod.model.facts import Facts
    from lod.publication import Publication
    from lod.wikidata.client import Client
    from lod.wikidata.statements import Snapshot
    from lod.wikidata.wikibase import Wikibase

_F = TypeVar("_F", bound=Callable[..., Any])

_API = click.option(
    "--wikibase",
    "api",
    metavar="IRI",
    envvar="LOD_WIKIBASE",
    help="Action API of the Wikibase, or a TOML file about it (LOD_WIKIBASE); Wikidata by default.",
)
_ENTITY_BASE = click.option(
    "--entity-base",
    metavar="IRI",
    envvar="LOD_WIKIBASE_ENTITY",
    help="IRI under which its items are named (LOD_WIKIBASE_ENTITY); that of Wikidata by default.",
)
_RECONCILE = click.option(
    "--reconcile",
    metavar="IRI",
    envvar="LOD_RECONCILE",
    help="Reconciliation service to ask too (LOD_RECONCILE), {lang} for the language.",
)
_CONTACT = click.option(
    "--contact",
    metavar="WHO",
    envvar="LOD_CONTACT",
    help="Mail address or page of who asks (LOD_CONTACT); that of the publisher by default.",
)
_CACHE = click.option(
    "--cache",
    metavar="FOLDER",
    envvar="LOD_CACHE",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the answers (LOD_CACHE); lod/ in the user's cache by default.",
)


def wikibase_options(function: _F) -> _F:
    """The options of a command that asks a Wikibase."""
    return _API(_ENTITY_BASE(_RECONCILE(_CONTACT(_CACHE(network_seconds_option(function))))))


def reading_options(function: _F) -> _F:
    """The same without `--reconcile`, for a command that reads items and searches none."""
    return _API(_ENTITY_BASE(_CONTACT(_CACHE(network_seconds_option(function)))))


def wikibase_of(api: str | None, entity_base: str | None, reconcile: str | None) -> Wikibase:
    """The Wikibase that the options name.

    Args:
        api: IRI of its action API, or a file that ends in .toml.
        entity_base: IRI of its items, before what the file says.
        reconcile: IRI of a reconciliation service, before what the file says.

    Raises:
        InputError: an address is none, or the file cannot be used.
    """
    from msgspec.structs import replace

    from lod.wikidata.wikibase import WIKIDATA, Wikibase, read_wikibase

    if api is not None and api.endswith(".toml"):
        found = read_wikibase(Path(api))
        return replace(
            found,
            entity=entity_base or found.entity,
            reconciliation=reconcile or found.reconciliation,
        )
    return Wikibase(api or WIKIDATA.api, entity_base or WIKIDATA.entity, reconcile)


def open_client(
    wikibase: Wikibase,
    facts: Facts,
    contact: str | None,
    cache: Path | None,
    *,
    max_age: float = 86_400.0,
    max_seconds: float | None = None,
) -> Client:
    """A client as the options say.

    Args:
        wikibase: which Wikibase.
        facts: the publication, whose publisher is the contact where none is given.
        contact: who asks.
        cache: folder for the answers.
        max_age: seconds for which a kept answer is good.
        max_seconds: seconds for all requests together, or None.

    Raises:
        InputError: the contact cannot be used.
    """
    from lod.http.retry import NetworkLimits
    from lod.wikidata.client import Client

    publication = facts.publication
    who = contact or publication.publisher.iri or publication.base
    return Client(
        wikibase,
        contact=who,
        cache=cache or _default_cache(),
        max_age=max_age,
        limits=NetworkLimits(whole=max_seconds),
    )


def _default_cache() -> Path | None:
    folder = user_folder("XDG_CACHE_HOME", ".cache")
    return None if folder is None else folder / "lod" / "wikibase"


class Reach(NamedTuple):
    """Where items are read from.

    Attributes:
        items: a file of entity JSON to read in place of the network, or None.
        api: address of the action API, or None for Wikidata.
        entity_base: IRI under which its items are named, or None for Wikidata.
        contact: who runs this, for the User-Agent; the publisher where None.
        cache: folder for answers; that of the user where None.
        max_seconds: for all requests together, or None.
    """

    items: str | None
    api: str | None
    entity_base: str | None
    contact: str | None
    cache: Path | None
    max_seconds: float | None


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
        max_seconds: float | None,
        **kwargs: Any,
    ) -> Any:
        reach = Reach(items, api, entity_base, contact, cache, max_seconds)
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
    from lod.wikidata.api import BadAnswerError
    from lod.wikidata.mapped import needed_items
    from lod.wikidata.statements import Snapshot, snapshot_of, snapshot_of_outcomes

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
    with open_client(
        wikibase,
        facts,
        reach.contact,
        reach.cache,
        max_age=max_age,
        max_seconds=reach.max_seconds,
    ) as client:
        outcomes = client.get_items(qids, languages, ("labels", "claims", "info"))
    return snapshot_of_outcomes(outcomes, languages)


def _entities(file: str) -> dict[str, dict[str, Any]]:
    """The entities of a file: an answer of wbgetentities, or one entity."""
    from lod.sources.outside import read_json
    from lod.wikidata.api import parse_json

    data = read_json(file, parse_json)
    entities = data.get("entities") if isinstance(data, dict) else None
    if entities is None and isinstance(data, dict) and "claims" in data and "id" in data:
        entities = {str(data["id"]): data}
    if not isinstance(entities, dict) or not all(isinstance(e, dict) for e in entities.values()):
        raise InputError(f"{file}: is no answer of wbgetentities")
    return entities
