"""The register of finding codes and the code agree."""

from __future__ import annotations

import re

from lod.codes import CODES
from tests.project.layers import PACKAGE, modules


def test_every_code_is_given_by_some_check() -> None:
    texts = [
        path.read_text("utf-8")
        for path in modules()
        if path.relative_to(PACKAGE).name != "codes.py"
    ]
    used = {code for code in CODES if any(f'"{code}"' in text for text in texts)}
    assert set(CODES) - used == set()


def test_codes_are_words_with_hyphens_and_sentences() -> None:
    for code in CODES.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code.name)
        assert code.summary.endswith((".", ")."))
        assert code.severity != "info" or not code.overrulable
