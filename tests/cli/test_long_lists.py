"""JSON with a long list is written in portions, with the bytes that it has as a whole."""

from __future__ import annotations

from typing import Any

import pytest

from lod.cli.support import reporting
from lod.cli.support.reporting import emit_json, json_text


@pytest.mark.parametrize("portion", [1, 30, 1 << 20])
@pytest.mark.parametrize("items", [[], ["a"], [{"b": [1, {}]}, [], None], list(range(50))])
@pytest.mark.parametrize("head", [{}, {"c": "d\n", "e": []}])
@pytest.mark.parametrize("rest", [{}, {"f": {"g": 1}}])
def test_portions_make_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    portion: int,
    items: list[Any],
    head: dict[str, Any],
    rest: dict[str, Any],
) -> None:
    monkeypatch.setattr(reporting, "_TOGETHER", portion)
    emit_json(head, "items", iter(items), lambda: rest)
    assert capsys.readouterr().out == json_text({**head, "items": items, **rest})


def test_work_that_fails_at_its_start_leaves_no_half(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        emit_json({"a": 1}, "items", (1 // one for one in [1, 0]))
    assert capsys.readouterr().out == ""
