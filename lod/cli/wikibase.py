"""The options that say which Wikibase is asked, and how."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from lod.model.facts import Facts
    from lod.wikidata.client import Client
    from lod.wikidata.wikibase import Wikibase

_F = TypeVar("_F", bound=Callable[..., Any])

#: The parameters that `wikibase_options` gives to a command.
NAMES = ("api", "entity_base", "reconcile", "contact", "cache")

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
    """The options of a command that asks a Wikibase; they arrive as `NAMES`."""
    return _API(_ENTITY_BASE(_RECONCILE(_CONTACT(_CACHE(function)))))


def reading_options(function: _F) -> _F:
    """The same without `--reconcile`, for a command that reads items and searches none."""
    return _API(_ENTITY_BASE(_CONTACT(_CACHE(function))))


def wikibase_of(api: str | None, entity_base: str | None, reconcile: str | None) -> Wikibase:
    """The Wikibase that the options name.

    Args:
        api: IRI of its action API, or a file that ends in .toml.
        entity_base: IRI of its items, before what the file says.
        reconcile: IRI of a reconciliation service, before what the file says.

    Raises:
        InputError: an address is none, or the file cannot be used.
    """
    from dataclasses import replace

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
) -> Client:
    """A client as the options say.

    Args:
        wikibase: which Wikibase.
        facts: the publication, whose publisher is the contact where none is given.
        contact: who asks.
        cache: folder for the answers.
        max_age: seconds for which a kept answer is good.

    Raises:
        InputError: the contact cannot be used.
    """
    from lod.wikidata.client import Client

    publication = facts.publication
    who = contact or publication.publisher.iri or publication.base
    return Client(wikibase, contact=who, cache=cache or _default_cache(), max_age=max_age)


def _default_cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "lod" / "wikibase"
