"""Pictures of a site, and its sentences: `python -m tests.site.looks SITE [FOLDER]`.

A page of each kind, at 390, 1024 and 1440 pixels, light and dark; and `sentences.md`, what every
claim says, by property and modality, so that somebody can read them all. Of the example also the
pictures of the README, which stand in `docs/`: site.png, claim.png and card.png.
"""

from __future__ import annotations

import csv
import re
import shutil
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.site.browser import served, started_browser

#: Width and height of the screens, and the colours.
SCREENS = ((390, 844), (1024, 768), (1440, 900))
SCHEMES = ("light", "dark")
#: The pictures of the README: the page, and the size of the screen.
README = {"site.png": "document.html#claim-trade-2023", "claim.png": "claim/trade-2023.html"}
README_SCREEN = (1280, 900)
#: The pages of which there is one; of the others the first is taken.
PAGES = ("document", "notes", "claims", "entities", "dataset", "search", "build", "404")
KINDS = (
    "claim/*.html",
    "entity/*.html",
    "reported/*.html",
    "vocabulary/rel/*.html",
)


def pages(site: Path) -> Iterator[str]:
    """The path of a page of each kind that a site has."""
    for name in PAGES:
        if (site / f"{name}.html").is_file():
            yield f"{name}.html"
    for kind in KINDS:
        found = sorted(site.glob(kind))
        yield from (path.relative_to(site).as_posix() for path in found[:1])
    yield from (f"{path.relative_to(site)}#card" for path in sorted(site.glob("claim/*.html"))[:1])


def _place(site: Path) -> str:
    """The path of a site on its host, as its pages say it; "site" where that is the root."""
    page = (site / "404.html").read_text("utf-8")
    found = re.search(r'href="/(.*?)/?assets/site.css"', page)
    return (found[1] if found else "") or "site"


def pictures(site: Path, folder: Path) -> int:
    """Draw the pages of a site as PNG.

    Args:
        site: the folder that `lod site` wrote.
        folder: where to.

    Returns:
        How many pictures were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with TemporaryDirectory() as root, served(Path(root)) as host, started_browser() as browser:
        # The page for what is not there knows its place on the web alone.
        place = _place(site)
        (Path(root) / place).parent.mkdir(parents=True, exist_ok=True)
        (Path(root) / place).symlink_to(site.resolve())
        address = f"{host}{place}/"
        for width, height in SCREENS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                for path in pages(site):
                    page.goto(address + path)
                    name = path.replace(".html", "").replace("/", "-").replace("#", "-")
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
                    count += 1
                context.close()
        if (site / "claim" / "trade-2023.html").is_file():
            width, height = README_SCREEN
            page = browser.new_page(viewport={"width": width, "height": height})
            for name, path in README.items():
                page.goto(address + path)
                if path.startswith("document"):
                    page.wait_for_selector("html[data-ready]", state="attached")
                page.screenshot(path=folder / name)
                count += 1
    if (card := site / "claim" / "trade-2023" / "card.png").is_file():
        shutil.copy(card, folder / "card.png")
        count += 1
    return count


def sentences(site: Path) -> str:
    """The sentences of a site of one publication as Markdown, by property and modality."""
    with (site / "claims.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    def key(row: dict[str, str]) -> tuple[str, str]:
        denied = ", denied" if row["polarity"] == "negative" else ""
        return row["property_label"] or row["property"], row["modality"] + denied

    lines = [f"# {len(rows)} sentences"]
    for (label, modality), group in groupby(sorted(rows, key=key), key):
        lines += ["", f"## {label}: {modality}", ""]
        lines += [f"- {row['sentence']}" for row in group]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Make them; 2 where there is no site."""
    site = Path(arguments[0]) if arguments else Path()
    if not arguments or not (site / "claims.csv").is_file():
        sys.stderr.write(
            "usage: python -m tests.site.looks SITE [FOLDER], the site of one publication\n"
        )
        return 2
    folder = Path(arguments[1]) if len(arguments) > 1 else site.with_name(f"{site.name}-looks")
    count = pictures(site, folder)
    (folder / "sentences.md").write_text(sentences(site), "utf-8")
    sys.stdout.write(f"{folder}: {count} pictures, sentences.md\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
