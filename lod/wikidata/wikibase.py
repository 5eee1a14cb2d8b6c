"""Which Wikibase is meant: its addresses, and what is allowed to be asked of them."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from msgspec import Struct

from lod.errors import InputError
from lod.http.errors import ForbiddenHostError
from lod.namespaces import WIKIDATA_NS
from lod.rdf.iri import iri_problem
from lod.sources.outside import read_toml

_KEYS = (
    *("api", "entity", "reconciliation", "hosts", "instance_of", "subclass_of"),
    "item_namespace",
)
_DEFAULT_PORTS = {"http": 80, "https": 443}


class Wikibase(Struct, frozen=True, dict=True):
    """A Wikibase and, where one is given, a reconciliation service over it.

    Attributes:
        api: IRI of the action API (`…/w/api.php`).
        entity: concept base IRI; an item's IRI is this and its QID.
        reconciliation: IRI of a reconciliation service (API 0.1 or 0.2), with `{lang}` where the
            language goes, or None.
        hosts: further hosts that redirects may lead to ("example.org", "example.org:8080").
        instance_of: id of the property "instance of".
        subclass_of: id of the property "subclass of".
        item_namespace: what stands before an item's id in its page title ("Item:" on many).

    Raises:
        InputError: an address is not an http(s) IRI, or `entity` is no IRI.
    """

    api: str
    entity: str
    reconciliation: str | None = None
    hosts: frozenset[str] = frozenset()
    instance_of: str = "P31"
    subclass_of: str = "P279"
    item_namespace: str = ""

    def __post_init__(self) -> None:
        _ = self._allowed  # what is wrong with an address shows now
        if (wrong := iri_problem(self.entity)) is not None:
            raise InputError(f"the IRI of the items, {self.entity!r}, {wrong}")

    @cached_property
    def _allowed(self) -> frozenset[tuple[str, str, int]]:
        """Scheme, host and port of what may be asked."""
        given = [_origin(self.api)]
        if self.reconciliation is not None:
            given.append(_origin(self.reconciliation.replace("{lang}", "en")))
        schemes = {scheme for scheme, _, _ in given}
        # A further host is reached as safely as those that were given in full, never less so.
        given += [_origin(f"{scheme}://{host}/") for host in self.hosts for scheme in schemes]
        return frozenset(given)

    def require_allowed(self, url: str) -> None:
        """Check an address before it is asked, a redirect's target too.

        Args:
            url: an absolute IRI.

        Raises:
            ForbiddenHostError: scheme, host and port are not those of this Wikibase.

        >>> WIKIDATA.require_allowed("https://www.wikidata.org/w/api.php?action=query")
        >>> WIKIDATA.require_allowed("https://example.org/")
        Traceback (most recent call last):
            ...
        lod.http.errors.ForbiddenHostError: https://example.org/ is no address of this Wikibase
        """
        try:
            allowed = _origin(url) in self._allowed
        except InputError:
            allowed = False
        if not allowed:
            raise ForbiddenHostError(
                f"{url[:200]} is no address of this Wikibase",
                hint="if it belongs there, add its host to hosts in a TOML file for --wikibase",
            )


def _origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port. What parsers read in different ways is refused, not read."""
    # Two parsers that disagree on such an address would check one host and ask another.
    if "\\" in url or not url.isprintable() or " " in url:
        raise InputError(f"{url!r} is not an http or https address")
    try:
        parts: SplitResult = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(f"{url} is not an http or https address: {error}") from None
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        raise InputError(f"{url} is not an http or https address")
    return parts.scheme, parts.hostname, port or _DEFAULT_PORTS[parts.scheme]


def read_wikibase(file: Path) -> Wikibase:
    """Read what a TOML file says of a Wikibase.

    Args:
        file: has the keys `api` and `entity`, and may have the others of `Wikibase`.

    Raises:
        InputError: it cannot be read, has another key, or a value of another kind.
    """
    data = read_toml(file)
    for key, value in data.items():
        if key not in _KEYS:
            raise InputError(f"{file}: unknown key {key}", hint=f"known are: {', '.join(_KEYS)}")
        listed = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not (listed if key == "hosts" else isinstance(value, str)):
            expected = "a list of texts" if key == "hosts" else "a text"
            raise InputError(f"{file}: {key} is not {expected}")
    if missing := [key for key in ("api", "entity") if key not in data]:
        raise InputError(f"{file}: the key {missing[0]} is missing")
    hosts = frozenset(data.pop("hosts", ()))
    try:
        return Wikibase(**data, hosts=hosts)
    except InputError as error:
        raise InputError(f"{file}: {error.message}") from None


#: Wikidata itself. Its reconciliation service is run by volunteers, so it is used only where it
#: is asked for: `msgspec.structs.replace(WIKIDATA, reconciliation=…)`.
WIKIDATA = Wikibase("https://www.wikidata.org/w/api.php", WIKIDATA_NS)
