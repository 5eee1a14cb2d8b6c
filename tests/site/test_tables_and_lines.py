"""Tables beside the pages, and numbers in time as lines: 600 claims of ten towns, and one claim."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import urljoin

import pytest

import lod
from lod.pages.axes import rounded
from lod.pages.lines import make_lines
from lod.pages.quantities import make_quantities
from lod.pages.timeline import make_timeline
from lod.pages.view import PublicationView
from lod.site.build import build_site
from lod.site.site import SiteOptions
from lod.tables.export import export_tables
from tests.publications.inventory import EXAMPLE, read_table
from tests.site.browser import Visits, served
from tests.site.statistics import TOWNS, YEARS
from tests.site.test_article_figures import view_of

ONE_CLAIM = Path(__file__).parent / "one-claim"


@pytest.fixture(scope="module")
def address(towns_site: Path) -> Iterator[str]:
    with served(towns_site) as found:
        yield found


def test_the_tables_are_those_of_an_export(example_site: Path, tmp_path: Path) -> None:
    publication = lod.load(EXAMPLE)
    export_tables(publication, tmp_path / "tables", "csv")
    for name in ("claims.csv", "anchors.csv", "entities.csv", "figures.csv", "csv-metadata.json"):
        assert (example_site / name).read_bytes() == (tmp_path / "tables" / name).read_bytes()


@pytest.mark.parametrize(
    ("page", "tables"),
    [
        ("claims.html", {"claims"}),
        ("entities.html", {"entities"}),
        ("document.html", {"claims", "figures"}),
        ("dataset.html", {"claims", "anchors", "entities", "figures"}),
        ("entity/putin.html", {"claims"}),
        ("reported/putin.html", {"claims"}),
    ],
)
def test_every_list_and_figure_links_its_table(
    visit: Visits, example_address: str, page: str, tables: set[str]
) -> None:
    shown = visit(example_address + page)
    links = shown.locator('main a[href$=".csv"]').all()
    hrefs = [link.get_attribute("href") or "" for link in links]
    assert {href.rpartition("/")[2].removesuffix(".csv") for href in hrefs} == tables
    address = urljoin(example_address + page, hrefs[0])
    rows = list(csv.DictReader(io.StringIO(shown.context.request.get(address).text())))
    if page == "claims.html":
        assert len(rows) == len(read_table("claims.tsv"))


def test_sixty_years_are_one_line_a_town(towns: Path) -> None:
    view = PublicationView(lod.load(towns))
    lines = make_lines(view)
    assert [line.subject.label for line in lines] == [f"Town{n}" for n in range(1, TOWNS + 1)]
    for line in lines:
        assert len(line.points) == len(YEARS)
        places = [point.x for point in line.points]
        assert places == sorted(places)
        assert all(0 <= point.y <= 100 for point in line.points)
        assert line.speaker is None
        assert line.unit == "inhabitants"
    first = lines[0]
    assert (first.high.when, first.high.amount.label) == ("in 1960", "110,000 inhabitants")
    assert first.low is first.points[-1]
    # They are in no other figure.
    shown = frozenset(note.statement.id for line in lines for note in line.notes)
    assert make_timeline(view, shown) is None
    quantities = make_quantities(view, shown)
    assert quantities is not None
    assert quantities.groups == ()
    assert len(quantities.table) == TOWNS * len(YEARS)


def claim(year: int, value: str, more: str = "") -> str:
    return f"    property: count\n    value: {value}\n    during: {{edtf: '{year}'}}\n{more}"


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([(2000, "1 people"), (2001, "2 people")], []),
        ([(2000, "1 people"), (2001, "2 people"), (2001, "3 people")], []),
        ([(2002, "3 people"), (2000, "1 people"), (2001, "2 people")], [(3, 3)]),
        ([(2000, "1 people"), (2001, "2 people"), (2002, "3 percent")], []),
        ([(2000, "1 people"), (2001, "between 2 and 4 people"), (2002, "3 people")], []),
        (
            [
                *((year, f"{year} people") for year in (2000, 2001, 2002)),
                (2003, "9 people", "    modality: planned\n"),
            ],
            [(4, 3)],
        ),
    ],
)
def test_what_makes_a_line(
    tmp_path: Path, claims: list[tuple[int, str]], expected: list[tuple[int, int]]
) -> None:
    view = view_of(tmp_path, [claim(*one) for one in claims])
    found = [(len(line.points), line.path.count("L") + 1) for line in make_lines(view)]
    assert found == expected


@pytest.mark.parametrize(
    ("numbers", "labels"),
    [
        (["103", "118"], ["100", "110", "120"]),
        (["5", "5"], ["5", "7.5"]),
        (["-2", "2"], ["-2", "0", "2"]),
        (["0", "0"], ["0", "0.5"]),
        (["1200", "4000"], ["0", "2,000", "4,000"]),
    ],
)
def test_an_axis_is_as_high_as_its_numbers_need(numbers: list[str], labels: list[str]) -> None:
    low, high, ticks = rounded([Decimal(one) for one in numbers])
    assert [label for _, label in ticks] == labels
    assert low <= min(map(Decimal, numbers)) <= max(map(Decimal, numbers)) <= high


@pytest.mark.parametrize("width", [390, 1440])
def test_lines_are_read_without_scripts(visit: Visits, address: str, width: int) -> None:
    viewport = {"width": width, "height": 900}
    page = visit(f"{address}document.html", java_script_enabled=False, viewport=viewport)
    assert page.locator("#lines .line").count() == TOWNS
    line = page.locator("#lines .line").first
    assert line.get_attribute("aria-label") == (
        "Town1, population: 60 values, from 110,000 inhabitants (in 1960) to "
        "94,070 inhabitants (in 2019); lowest 94,070 inhabitants (in 2019), highest "
        "110,000 inhabitants (in 1960)"
    )
    drawn = line.locator(".trend").bounding_box()
    assert drawn is not None
    assert drawn["width"] > 200
    assert drawn["height"] > 10
    overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(overflow) <= 0
    # The table leads to each claim.
    assert page.locator("#lines table tbody tr").count() == TOWNS * len(YEARS)


def test_the_page_of_a_thing_has_its_line(visit: Visits, address: str) -> None:
    page = visit(f"{address}entity/town3.html")
    assert page.locator(".line").count() == 1
    assert page.locator('figure a[href$="figures.csv"]').count() == 1
    page.locator(".line").click()
    assert page.url == f"{address}document.html#claim-t3-1960"


def test_lines_show_their_claims(visit: Visits, address: str) -> None:
    page = visit(f"{address}document.html")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.locator("#lines .line").nth(1).hover()
    assert "Town2" in page.locator("#panel article").first.inner_text()


def test_the_scale_is_the_one_of_the_label(
    visit: Visits, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("german") / "site"
    build_site(ONE_CLAIM, folder, SiteOptions(language="de"))
    with served(folder) as address:
        page = visit(f"{address}document.html")
        figure = page.locator("#quantities")
        assert "EUR (Millionen)" in figure.inner_text()
        assert "2.000" not in figure.inner_text()
        notes = visit(f"{address}notes.html").locator("main").inner_text()
        assert "> 3.200.000" in notes
        # No label is cut off at an end of its axis.
        for text in page.locator(".axis text, .figure .tick").all():
            box, around = text.bounding_box(), page.locator(".figure").first.bounding_box()
            assert box is not None
            assert around is not None
            assert around["x"] <= box["x"]
            assert box["x"] + box["width"] <= around["x"] + around["width"]
