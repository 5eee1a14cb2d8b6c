"""The page of `lod compare` in a real browser: readable in light and dark, wide and narrow."""

from __future__ import annotations

from pathlib import Path

from lod.cli.run import run
from tests.site.browser import ARGUMENTS
from tests.system import program
from tests.wikidata.example import EXAMPLE, serve_example
from tests.wikidata.wikibase import LocalWikibase


def test_page_is_readable_in_light_and_dark(local: LocalWikibase, tmp_path: Path) -> None:
    chromium = program("chromium")
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    serve_example(local)
    file = tmp_path / "compared.html"
    arguments = ["compare", str(EXAMPLE), "--wikibase", local.api, "--cache", str(tmp_path / "c")]
    assert run([*arguments, "-f", "html", "-o", str(file)]) == 0
    inks = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        for scheme in ("light", "dark"):
            for width in (1280, 360):
                # The policy of the page forbids scripts, that of the check too.
                context = browser.new_context(
                    color_scheme="dark" if scheme == "dark" else "light",
                    viewport={"width": width, "height": 900},
                    bypass_csp=True,
                )
                page = context.new_page()
                page.goto(file.as_uri())
                # Nothing is fetched: the page is all there is.
                fetched = page.evaluate("performance.getEntriesByType('resource').length")
                assert fetched == 0
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                inks.append(page.evaluate("getComputedStyle(document.body).color"))
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                if width == 1280:
                    context.close()
                    continue
                violations = Axe().run(page).response["violations"]
                assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
                context.close()
        # Without a check in between, the policy of the page stands, and a script does nothing.
        page = browser.new_page()
        evil = tmp_path / "evil.html"
        script = "<script>document.title = 'ran'</script>"
        evil.write_text(file.read_text("utf-8").replace("</body>", f"{script}</body>"), "utf-8")
        page.goto(evil.as_uri())
        assert page.title() != "ran"
        page.locator("nav a.not-comparable").click()
        page.locator("#not-comparable ~ details summary").first.click()
        assert page.locator("#not-comparable ~ details[open] article").first.is_visible()
        browser.close()
    assert len(set(inks)) == 2
