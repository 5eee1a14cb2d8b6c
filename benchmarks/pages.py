"""How soon a reader sees the article page: beside that of an earlier commit, on a slow phone.

    python -m benchmarks pages --before 1c81f13 --runs 15

Both build the site of the example as it is with them. Chromium then opens the two article pages in
turn, each time in an empty profile, with the processor slowed down and the network of a phone.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.measure import write_results
from benchmarks.processor import Load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
EXAMPLE = "examples/russia-kazakhstan"
#: A phone: four times slower than this machine; 1.6 Mbit/s down, 0.75 up, 150 ms there and back.
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
SCREEN = {"width": 390, "height": 844}
#: Collected from the first moment: the largest paint so far, and all shifts without input.
_WATCH = """
window.seen = { largest: 0, shift: 0, first: 0 };
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) window.seen.largest = one.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.seen.shift += one.value;
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  const [first] = list.getEntriesByName("first-contentful-paint");
  if (first) window.seen.first = first.startTime;
}).observe({ type: "paint", buffered: true });
"""


def build(commit: str | None, folder: Path) -> Path:
    """Build the site of the example, as a commit of the project does or as it is now."""
    source = ROOT
    if commit is not None:
        source = folder / "source"
        source.mkdir()
        archive = subprocess.run(
            ["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        subprocess.run(["tar", "-x", "-C", source], input=archive.stdout, check=True)
    out = folder / "site"
    subprocess.run(
        [sys.executable, "-m", "lod", "site", EXAMPLE, "-o", out, "--quiet"],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return out


def weight(site: Path) -> dict[str, float]:
    """Bytes of the article page with its style sheets and scripts, whole and without the text."""
    page = (site / "document.html").read_text("utf-8")
    plain = re.sub(r'(<div class="prose".*?>).*?</div>', r"\1</div>", page, flags=re.DOTALL)
    names = set(re.findall(r'(?:href|src)="(assets/[\w.-]+\.(?:css|js))"', page))
    waiting = sorted(names)
    while waiting:
        name = waiting.pop()
        if name.endswith(".js"):
            for other in re.findall(r'from "\./([\w-]+\.js)"', (site / name).read_text("utf-8")):
                if f"assets/{other}" not in names:
                    names.add(f"assets/{other}")
                    waiting.append(f"assets/{other}")
    assets = [(site / name).read_bytes() for name in sorted(names)]
    whole = [page.encode("utf-8"), *assets]
    return {
        "whole_kb": sum(map(len, whole)) / 1e3,
        "packed_kb": sum(len(gzip.compress(one, 5)) for one in whole) / 1e3,
        "without_text_kb": (len(plain.encode("utf-8")) + sum(map(len, assets))) / 1e3,
    }


def visit(browser: Browser, address: str) -> dict[str, float]:
    """Open a page as on a slow phone, and tell what its reader saw."""
    context = browser.new_context(viewport=SCREEN, has_touch=True, device_scale_factor=2)  # type: ignore[arg-type]  # a plain dict is what it takes
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_WATCH)
    page.goto(f"{address}document.html", wait_until="networkidle")
    page.wait_for_function("window.seen.largest > 0")
    seen: dict[str, float] = page.evaluate("window.seen")
    context.close()
    return seen


def main(options: list[str]) -> None:
    """Measure both in turn."""
    from tests.site.browser import served, started_browser

    parser = argparse.ArgumentParser(prog="python -m benchmarks pages")
    parser.add_argument("--before", default="1c81f13", help="the commit to compare with")
    parser.add_argument("--runs", type=int, default=15)
    chosen = parser.parse_args(options)
    load = Load()
    with tempfile.TemporaryDirectory() as scratch:
        sites = {}
        for name, commit in (("before", chosen.before), ("now", None)):
            folder = Path(scratch) / name
            folder.mkdir()
            sites[name] = build(commit, folder)
        seen: dict[str, list[dict[str, float]]] = {name: [] for name in sites}
        with (
            served(sites["before"]) as before,
            served(sites["now"]) as now,
            started_browser() as browser,
        ):
            for _ in range(chosen.runs):
                for name, address in (("before", before), ("now", now)):
                    seen[name].append(visit(browser, address))
        figures: dict[str, Any] = {"commit": chosen.before, "runs": chosen.runs}
        for name, runs in seen.items():
            figures[name] = {
                "largest_paint_ms": statistics.median(run["largest"] for run in runs),
                "first_paint_ms": statistics.median(run["first"] for run in runs),
                "layout_shift": max(run["shift"] for run in runs),
                **weight(sites[name]),
            }
        figures["ratio"] = statistics.median(
            one["largest"] / other["largest"]
            for one, other in zip(seen["now"], seen["before"], strict=True)
        )
    write_results("pages", figures, load=load)


if __name__ == "__main__":
    main(sys.argv[1:])
