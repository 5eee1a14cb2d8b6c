"""Pictures of a site, and its sentences: `python -m tests.site.looks SITE [FOLDER]`.

A page of each kind, at 390, 1024 and 1440 pixels, light and dark; and `sentences.md`, what every
claim says, by property and modality, so that somebody can read them all.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from tests.site.browser import served, started_browser

#: Width and height of the screens, and the colours.
SCREENS = ((390, 844), (1024, 768), (1440, 900))
SCHEMES = ("light", "dark")
#: The pages of which there is one; of the others the first is taken.
PAGES = ("document", "notes", "claims", "entities", "dataset", "search", "build", "404")
KINDS = (
    "claim/*.html",
    "claim/*/card.html",
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
    with served(site) as address, started_browser() as browser:
        for width, height in SCREENS:
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                )
                page = context.new_page()
                for path in pages(site):
                    page.goto(address + path)
                    name = path.removesuffix(".html").replace("/", "-")
                    page.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
                    count += 1
                context.close()
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
