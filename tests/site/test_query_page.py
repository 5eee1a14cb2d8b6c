"""The query page in a browser: every named query, errors, Stop, charts, downloads, keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from lod.publication import Publication, load
from lod.site.build import build_site
from lod.site.site import SiteOptions
from tests.site.axe import serious
from tests.site.browser import PHONE, WIDE, served
from tests.site.conftest import EXAMPLE
from tests.site.npm_packages import npm_packages

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.browser import Visits

#: Far more than a minute of work for any machine.
KILLER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def query_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's site with its query page."""
    folder = tmp_path_factory.mktemp("query") / "site"
    build_site(EXAMPLE, folder, SiteOptions(query_assets=npm_packages()))
    return folder


@pytest.fixture(scope="module")
def address(query_site: Path) -> Iterator[str]:
    """The address of the query page."""
    with served(query_site) as root:
        yield f"{root}query.html"


@pytest.fixture(scope="module")
def publication() -> Publication:
    return load(EXAMPLE)


def status(page: Page, words: str) -> None:
    """Wait until the live region says something."""
    from playwright.sync_api import expect

    expect(page.locator("#query-status")).to_have_text(re.compile(words), timeout=15_000)


def write(page: Page, text: str) -> None:
    """Put a text into the editor."""
    page.locator(".CodeMirror").evaluate("(one, text) => one.CodeMirror.setValue(text)", text)


def ask(page: Page, text: str, words: str = r"\bin \d") -> None:
    """Run a query, and wait for what the live region says of it."""
    write(page, text)
    page.locator("#query-run").click()
    status(page, words)


def error(page: Page, words: str) -> None:
    """Wait for an error that says so."""
    from playwright.sync_api import expect

    expect(page.locator("#query-error")).to_contain_text(re.compile(words), timeout=15_000)


def fail(page: Page, text: str, words: str) -> None:
    """Run a query that cannot run, and wait for the error that says why."""
    write(page, text)
    page.locator("#query-run").click()
    error(page, words)


def cells(page: Page) -> list[list[str]]:
    """The texts of the rows of the table."""
    rows: list[list[str]] = page.locator(".query-table tbody tr").evaluate_all(
        "(rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
    )
    return rows


def test_every_named_query_gives_what_lod_query_gives(
    visit: Visits, address: str, publication: Publication
) -> None:
    page = visit(address)
    queries = publication.queries()
    assert page.locator(".query-pick").all_inner_texts() == sorted(queries)
    for name in queries:
        result = publication.query(name)
        page.locator(".query-one", has=page.get_by_role("button", name=name, exact=True)).click()
        count = f"{len(result):,} row" if result.form == "SELECT" else f"{len(result):,} triple"
        status(page, f"^{count}s? in " if result.form != "ASK" else "^Answer in ")
        shown = page.locator(".query-table thead th").all_inner_texts()
        assert shown == list(result.variables), name
        assert page.locator(".query-table tbody tr").count() == min(200, len(result)), name
        assert page.locator("#query-check").is_hidden(), name
        assert page.locator(".query-pick[aria-current]").all_inner_texts() == [name]
        page.locator("#query-status").evaluate("(one) => one.textContent = ''")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_moves_by_itself(visit: Visits, address: str, viewport: dict[str, int]) -> None:
    page = visit(address, viewport=viewport)
    page.locator(".CodeMirror").wait_for()
    moved = page.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 400);
        })"""
    )
    assert moved == 0


def test_the_default_graph_is_the_union_and_prefixes_need_no_declaration(
    visit: Visits, address: str, publication: Publication
) -> None:
    page = visit(address)
    ask(page, "SELECT * { <entity/kazakhstan> rel:memberOf ?b ; ?p ?a }")
    assert page.locator(".query-table thead th").all_inner_texts() == ["b", "p", "a"]
    rows = publication.query("SELECT * { <entity/kazakhstan> rel:memberOf ?b ; ?p ?a }").rows
    assert len(cells(page)) == len(rows) > 0
    # What stands in a reported graph too is there once.
    ask(page, "SELECT ?author { <document> schema:author ?author }", "^1 row in")
    ask(page, "ASK { GRAPH ?g { ?s rel:memberOf ?o } FILTER(STRENDS(STR(?g), 'putin')) }")
    assert page.locator(".query-answer").inner_text() == "Yes"


def test_the_other_forms_of_a_query(visit: Visits, address: str, publication: Publication) -> None:
    page = visit(address)
    text = "CONSTRUCT { ?s schema:name ?l } WHERE { ?s a lod:Claim ; rdfs:label ?l }"
    ask(page, text)
    total = len(publication.query(text))
    status(page, f"^{total} triples in")
    assert page.locator(".query-table thead th").all_inner_texts() == [
        *("subject", "predicate", "object")
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Turtle").click()
    assert "schema" in Path(download.value.path()).read_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download N-Triples").click()
    assert Path(download.value.path()).read_text().count("\n") == total
    ask(page, "DESCRIBE <entity/kazakhstan>", "triples in")
    ask(page, "SELECT ?s { ?s a lod:Nothing }", "^0 rows")
    assert "nothing matches" in page.locator("#query-results").inner_text()


def test_terms_are_short_and_lead_where_they_may(
    visit: Visits, address: str, query_site: Path
) -> None:
    page = visit(address)
    ask(
        page,
        """SELECT ?claim ?part ?property ?item ?label ?date ?number {
            BIND(<claim/trade-2023> AS ?claim) BIND(lod:Claim AS ?class)
            ?claim lod:value ?part ; lod:property ?property ; rdfs:label ?label .
            ?part schema:minValue ?number .
            ?claim lod:during/schema:startDate ?date .
            <entity/kazakhstan> owl:sameAs ?item }""",
    )
    (row,) = cells(page)
    assert row[:2] == ["claim:trade-2023", "claim/trade-2023/value"]
    assert row[2:4] == ["rel:tradeVolume", "wd:Q232"]
    assert row[4].endswith(" @en")
    assert row[5] == "2023-01-01 xsd:date"
    assert row[6] == "28000000000"
    links = page.locator(".query-table td a")
    hrefs: list[str] = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert hrefs[:2] == ["./claim/trade-2023.html", "./claim/trade-2023.html#value"]
    assert hrefs[2] == "vocabulary/rel/tradeVolume.html"
    for href in hrefs[:3]:
        assert (query_site / href.partition("#")[0]).is_file(), href
    outside = links.nth(3)
    assert outside.get_attribute("href") == "http://www.wikidata.org/entity/Q232"
    assert "noopener" in str(outside.get_attribute("rel"))


def test_hostile_terms_and_addresses_do_nothing(visit: Visits, address: str) -> None:
    hostile = "</script><img src=x onerror=\"document.title='broken'\">"
    text = f"""SELECT * {{ VALUES (?a ?b ?n) {{
        ('''{hostile}''' <javascript:alert(1)> 1)
        ("\\u202Eevil"@en <data:text/html,x> 2) ("x" <https://h/a'onclick='x> 3) }} }}"""
    page = visit(f"{address}?query={quote(text)}")
    status(page, "^3 rows")
    assert cells(page)[0][0] == hostile
    assert page.locator(".query-results img, .query-results [onclick]").count() == 0
    hrefs = page.locator(".query-table a").evaluate_all("(all) => all.map((one) => one.href)")
    assert all(re.match("https?:", href) for href in hrefs)
    page.get_by_role("button", name="Chart").click()
    assert page.locator(".query-chart rect").count() == 3
    assert page.locator(".query-chart img").count() == 0
    assert "broken" not in page.title()


def test_errors_say_where(visit: Visits, address: str) -> None:
    page = visit(address)
    text = "SELECT ?s\nWHERE {\n  ?s a lod:Claim )\n}"
    fail(page, text, r"Line 3, column 18: “\)” cannot stand here. Expected: .*\}")
    assert page.locator(".query-bad-line").count() == 1
    page.get_by_role("button", name="Go there").click()
    cursor = page.locator(".CodeMirror").evaluate("(one) => one.CodeMirror.getCursor()")
    assert (cursor["line"], cursor["ch"]) == (2, 17)
    # What is put before the query does not shift its first line.
    fail(page, "SELECT ?s { ?s a lod:Claim ) }", r"Line 1, column 28: “\)” cannot stand here")
    fail(
        page,
        "SELECT ?s { ?s a nowhere:Claim }",
        "Line 1, column 18: The prefix of “nowhere:Claim” is not known",
    )
    fail(page, "SELECT ?s { ?s a lod:Claim", "Line 1, column 27: The query ends too early.")
    fail(page, "SELECT (COUNT(?s) AS ?n) ?s { ?s a lod:Claim }", "variable that is unbound")
    ask(page, "SELECT ?s { ?s a lod:Claim }", "rows in")
    assert page.locator("#query-error").is_hidden()


def test_what_is_never_run(visit: Visits, address: str) -> None:
    page = visit(address)
    refused = {
        "SELECT * {\n SERVICE <https://example.org/> { ?s ?p ?o } }": "Line 2, column 2: SERVICE",
        "INSERT DATA { <a> <b> <c> }": "INSERT changes data",
        "PREFIX a: <b:> DROP ALL": "DROP changes data",
        "{ ?s ?p ?o }": "A query begins with SELECT",
    }
    for query, words in refused.items():
        fail(page, query, words)


def test_stop_ends_a_query_and_the_page_does_not_freeze(visit: Visits, address: str) -> None:
    page = visit(address)
    ask(page, KILLER, "^Running")
    before: int = page.evaluate("performance.now()")
    assert page.evaluate("new Promise((go) => requestAnimationFrame(() => go(1 + 1)))") == 2
    assert page.evaluate("performance.now()") - before < 5000
    assert page.locator("#query-run").is_disabled()
    page.locator("#query-stop").click()
    status(page, "^Stopped")
    ask(page, "SELECT ?s { ?s a lod:Claim } LIMIT 3", "^3 rows")


def test_a_query_is_stopped_by_itself(visit: Visits, query_site: Path, tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "site"
    shutil.copytree(query_site, folder)
    page_file = folder / "query.html"
    page_file.write_text(page_file.read_text().replace('"seconds":60', '"seconds":1'))
    with served(folder) as root:
        page = visit(f"{root}query.html?query={quote(KILLER)}")
        error(page, "Stopped after 1 seconds")


def test_a_chart_of_counts(visit: Visits, address: str, publication: Publication) -> None:
    page = visit(address)
    page.get_by_role("button", name="modalities", exact=True).click()
    status(page, "rows in")
    page.get_by_role("button", name="Chart").click()
    rows = publication.query("modalities").rows
    chart = page.get_by_role("img", name="Bar chart of claims by modality")
    labels = chart.locator(".query-bar-label").all_text_contents()
    values = chart.locator(".query-bar-value").all_text_contents()
    assert [(one, int(number)) for one, number in zip(labels, values, strict=True)] == [
        (str(row[0]), int(str(row[1]))) for row in rows
    ]
    widths = chart.locator("rect").evaluate_all(
        "(all) => all.map((one) => Number(one.getAttribute('width')))"
    )
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[1] == pytest.approx(int(values[0]) / int(values[1]))
    page.get_by_label("Bars show").select_option("denied")
    page.get_by_role("img", name="Bar chart of denied by modality").wait_for()
    page.get_by_role("button", name="Table").click()
    assert page.locator(".query-table").is_visible()


def test_downloads_hold_all_rows(visit: Visits, address: str, publication: Publication) -> None:
    import json

    text = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
    page = visit(address)
    ask(page, text)
    result = publication.query(text)
    status(page, f"^{len(result):,} rows")
    assert page.locator(".query-table tbody tr").count() == 200
    assert "The first 200 of" in page.locator(".query-table .note").inner_text()
    page.get_by_role("button", name="Show more rows").click()
    assert page.locator(".query-table tbody tr").count() == 400
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    data = json.loads(Path(download.value.path()).read_text())
    assert len(data["results"]["bindings"]) == len(result)
    page.get_by_role("button", name="figures", exact=True).click()
    status(page, "^[0-9]{1,2} rows")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    ours = publication.query("figures").serialize("csv")
    assert Path(download.value.path()).read_bytes().decode() == ours
    assert download.value.suggested_filename == "result.csv"


def test_the_keyboard_runs_completes_and_leaves(visit: Visits, address: str) -> None:
    page = visit(address)
    write(page, "")
    page.locator(".CodeMirror").click()
    page.keyboard.type("SELECT ?c { ?c lod:mo")
    page.keyboard.press("Control+Space")
    page.locator(".CodeMirror-hint", has_text="lod:modality").wait_for()
    page.keyboard.press("Enter")
    page.keyboard.type(" lod:planned }")
    page.keyboard.press("Control+Enter")
    status(page, "rows in")
    text: str = page.locator(".CodeMirror").evaluate("(one) => one.CodeMirror.getValue()")
    assert re.search(r"PREFIX lod: <https://w3id.org/lod-facts/ns#>", text)
    assert "?c lod:modality" in text
    page.locator(".CodeMirror").click()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "query-run"


def test_the_query_is_in_the_address(visit: Visits, address: str) -> None:
    page = visit(address)
    text = "SELECT ?claim { ?claim a lod:Claim } # Қазақстан & + %\nLIMIT 2"
    ask(page, text, "^2 rows")
    again = visit(page.url)
    status(again, "^2 rows")
    value = again.locator(".CodeMirror").evaluate("(one) => one.CodeMirror.getValue()")
    assert value == text


def test_syntax_is_looked_at_while_one_types(visit: Visits, address: str) -> None:
    page = visit(address)
    page.locator(".CodeMirror").click()
    write(page, "SELECT ?s WHERE {\n  ?s ?p ) ?o\n}")
    from playwright.sync_api import expect

    expect(page.locator("#query-check")).to_contain_text("Line 2: this is not SPARQL yet")
    write(page, "SELECT ?s WHERE { ?s a lod:Claim }")
    expect(page.locator("#query-check")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(visit: Visits, address: str, scheme: Any) -> None:
    page = visit(address, color_scheme=scheme)
    page.get_by_role("button", name="modalities", exact=True).click()
    status(page, "rows in")
    assert serious(page) == []
    page.get_by_role("button", name="Chart").click()
    assert serious(page) == []
    fail(page, "SELECT oops", "Line 1")
    assert serious(page) == []


def test_on_a_phone_nothing_is_cut_off(visit: Visits, address: str) -> None:
    page = visit(address, viewport=PHONE, has_touch=True)
    page.get_by_role("button", name="timeline", exact=True).tap()
    status(page, "rows in")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    box = page.locator(".query-table").bounding_box()
    assert box is not None
    assert box["y"] < PHONE["height"]  # the answer came into view


def test_without_a_script_the_queries_are_text(
    visit: Visits, address: str, publication: Publication
) -> None:
    page = visit(address, java_script_enabled=False)
    text = page.locator("main").text_content() or ""
    for query in publication.queries().values():
        assert query in text
    assert "lod query russia-kazakhstan about-kazakhstan" in text
    assert page.locator("#query-form").is_hidden()
    assert page.locator(".query-one details").first.is_visible()


def test_only_this_page_may_run_webassembly(query_site: Path) -> None:
    for file in query_site.glob("*.html"):
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', file.read_text())
        assert policy is not None
        assert ("wasm-unsafe-eval" in policy[1]) == (file.name == "query.html")
        assert "unsafe-inline" not in policy[1]
        assert "'unsafe-eval'" not in policy[1]
        assert "://" not in policy[1]
