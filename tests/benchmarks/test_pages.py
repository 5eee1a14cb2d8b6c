"""What the benchmark of pages counts."""

from __future__ import annotations

from pathlib import Path

from benchmarks.pages import weight


def test_the_weight_is_that_of_all_that_the_page_waits_for(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    files = {
        "document.html": '<link href="assets/a.css"><script src="assets/a.js"></script>'
        f'<div class="prose" id="prose">{"x" * 1000}</div>',
        "assets/a.css": "a" * 100,
        "assets/a.js": 'import { b } from "./b.js";',
        "assets/b.js": 'import { a } from "./a.js";' + "b" * 50,
        "assets/other.js": "c" * 5000,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    counted = sum(len(text) for name, text in files.items() if "other" not in name)
    found = weight(tmp_path)
    assert found["whole_kb"] == counted / 1e3
    assert found["without_text_kb"] == (counted - 1000) / 1e3
    assert 0 < found["packed_kb"] < found["whole_kb"]
