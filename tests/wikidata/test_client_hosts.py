"""Only the hosts of the Wikibase are asked, whatever a redirect says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lod.errors import InputError
from lod.http.errors import ForbiddenHostError, RedirectError
from lod.http.retry import NetworkLimits
from lod.wikidata.client import Client
from lod.wikidata.items import Item
from lod.wikidata.reconcile import ReconcileQuery
from lod.wikidata.wikibase import WIKIDATA, Wikibase
from tests.wikidata import faults
from tests.wikidata.wikibase import LocalWikibase, Received

Connect = Callable[..., Client]


def ask(client: Client) -> Item:
    item = client.get_items(["Q649"], ["en"])["Q649"]
    assert isinstance(item, Item)
    return item


def to_itself(local: LocalWikibase, received: Received | None = None) -> str:
    """A redirect that leads to the right answer."""
    return (
        f"{local.api}?action=wbgetentities&format=json&ids=Q649"
        "&props=labels|descriptions|aliases|claims|info&languages=en|mul"
    )


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_the_host_is_followed(
    local: LocalWikibase, client: Client, status: int
) -> None:
    local.fail(faults.redirect(to_itself(local), status))
    assert ask(client).label("en") == "Moscow"
    assert len(local.requests) == 2


def test_a_relative_redirect_is_followed(local: LocalWikibase, client: Client) -> None:
    local.fail(faults.redirect(to_itself(local).removeprefix(local.address)))
    assert ask(client).label("en") == "Moscow"


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost:{port}/w/api.php",
        "http://127.0.0.1:1/w/api.php",
        "https://127.0.0.1:{port}/w/api.php",
        "//example.org/w/api.php",
        "http://127.0.0.1:{port}@example.org/",
        "http://example.org\\@127.0.0.1:{port}/",
        "http://me:secret@127.0.0.1:{port}/",
        "http://127.0.0.1.example.org:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://[broken/",
        "http://169.254.169.254/latest/meta-data/",
        "file:///etc/passwd",
        "ftp://127.0.0.1:{port}/",
        "javascript:alert(1)",
    ],
)
def test_a_redirect_elsewhere_is_refused(
    local: LocalWikibase, client: Client, location: str
) -> None:
    port = local.address.rpartition(":")[2]
    local.fail(faults.redirect(location.format(port=port)))
    with pytest.raises(ForbiddenHostError):
        ask(client)
    assert len(local.requests) == 1


def test_another_server_is_not_asked_unless_it_is_allowed(
    local: LocalWikibase, connect: Connect
) -> None:
    with LocalWikibase() as other:
        local.fail(faults.redirect(to_itself(other)))
        with pytest.raises(ForbiddenHostError):
            ask(connect())
        assert other.requests == []
        local.fail(faults.redirect(to_itself(other)))
        host = other.address.removeprefix("http://")
        allowing = connect(wikibase=local.wikibase(hosts=frozenset({host})))
        assert ask(allowing).label("en") == "Moscow"
        assert len(other.requests) == 1


def test_every_hop_is_checked(local: LocalWikibase, client: Client) -> None:
    local.fail(faults.redirect(local.api), faults.redirect("http://example.org/"))
    with pytest.raises(ForbiddenHostError, match=r"example\.org"):
        ask(client)
    assert len(local.requests) == 2


def test_redirects_without_end(local: LocalWikibase, connect: Connect) -> None:
    local.always_fail(faults.redirect(local.api))
    with pytest.raises(RedirectError, match="more than 3 times"):
        ask(connect(limits=NetworkLimits(redirects=3)))
    assert len(local.requests) == 4


def test_a_redirect_to_nowhere(local: LocalWikibase, client: Client) -> None:
    local.fail(faults.redirect(""))
    with pytest.raises(RedirectError, match="nowhere"):
        ask(client)


def test_the_body_of_a_redirect_is_not_read(local: LocalWikibase, client: Client) -> None:
    local.fail(faults.zeros(1 << 30, status=302, location=to_itself(local)))
    assert ask(client).label("en") == "Moscow"
    assert local.bytes_sent < 64 << 20


@pytest.mark.parametrize(("status", "followed"), [(302, False), (303, False), (307, True)])
def test_a_query_is_not_lost_in_a_redirect(
    local: LocalWikibase, client: Client, status: int, followed: bool
) -> None:
    client.reconcile([ReconcileQuery("Moscow")])
    local.fail(faults.redirect(f"{local.address}/en/reconcile", status))
    if followed:
        assert client.reconcile([ReconcileQuery("Moscow")])[0][0] == "Q649"
    else:
        with pytest.raises(RedirectError, match="loses the query"):
            client.reconcile([ReconcileQuery("Moscow")])


@pytest.mark.parametrize(
    "url",
    [
        "http://www.wikidata.org/w/api.php",
        "https://wikidata.org/w/api.php",
        "https://www.wikidata.org:444/w/api.php",
        "https://www.wikidata.org.example.org/",
        "https://www.wikidata.org\\.example.org/",
        "https://www.wikidata.org /",
        "https://user@www.wikidata.org/",
        "https://www.wikidata.org:99999999/",
        "/w/api.php",
        "",
    ],
)
def test_what_is_not_wikidata(url: str) -> None:
    with pytest.raises(ForbiddenHostError):
        WIKIDATA.require_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.wikidata.org/w/api.php",
        "https://WWW.Wikidata.org:443/",
        "https://www.wikidata.org",
    ],
)
def test_what_is_wikidata(url: str) -> None:
    WIKIDATA.require_allowed(url)


@pytest.mark.parametrize(
    "api", ["", "www.wikidata.org/w/api.php", "ftp://e.org/", "https://a@e.org/"]
)
def test_a_wikibase_without_a_proper_address(api: str) -> None:
    with pytest.raises(InputError, match="http"):
        Wikibase(api, "https://e.org/entity/")
