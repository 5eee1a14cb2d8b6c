"""A language is one folder: a made-up one works where nothing else is touched."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: What the made-up language says otherwise than English does, by file: old text to new text.
CHANGES = {
    "quantities.toml": {
        '"more than", "over"': '"zumor", "over"',
        'moreThan = "more than"': 'moreThan = "zumor"',
        "billion = 1_000_000_000": "zillard = 1_000_000_000",
        '[1_000_000_000, "billion"]': '[1_000_000_000, "zillard"]',
    },
    "periods.toml": {'say = ["last year"]': 'say = ["lapsa yera"]'},
    "markers.toml": {'"will(?! of)"': '"vilo"'},
    "sentences.toml": {},
    "speech.toml": {},
    "inflections.toml": {},
    "texts.toml": {},
    "descriptions.toml": {
        'stated = "{speaker} says that {claim}"': 'stated = "{speaker} dicit: {claim}"',
        'planned = "{speaker} says that {claim}"': 'planned = "{speaker} planit: {claim}"',
    },
    "cldr.json": {'"september"': '"septembro"'},
}
PHRASES = '["rel:tradeVolume"]\nphrase = "{s} havit volumo {o}"\n'
FACTS = """
publication:
  base: https://data.example.org/new/
  title: A text in a new language
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {{name: Example Data Desk, url: https://data.example.org/}}
document:
  content: Lapsa yera the trade reached zumor 28 zillard USD. The branch vilo open in Astana.
  language: {tag}
  author: desk
  published: 2024-11-27
entities:
  desk: {{type: Organization, label: Example Data Desk, wikidata: {{none: made up}}}}
  trade: {{type: Flow, label: the trade, wikidata: {{none: made up}}}}
  branch: {{type: Organization, label: The branch, wikidata: {{none: made up}}}}
  astana: {{type: City, label: Astana, wikidata: {{none: made up}}}}
claims:
  - id: volume
    quote: Lapsa yera the trade reached zumor 28 zillard USD
    subject: trade
    property: tradeVolume
    value: zumor 28 zillard USD
    during: lapsa yera
  - id: opening
    quote: The branch vilo open in Astana
    subject: branch
    property: headquarters
    value: astana
    modality: {modality}
"""


@pytest.fixture(scope="module", params=["zz", "qtx"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package with one folder more; its name is that of the language."""
    copy = tmp_path_factory.mktemp(request.param)
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("lod", "shapes", "vocab", "licenses"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    english, folder = (copy / "lod" / "language" / tag for tag in ("en", request.param))
    folder.mkdir()
    for file, changes in CHANGES.items():
        text = (english / file).read_text("utf-8")
        for old, new in changes.items():
            assert old in text, (file, old)
            text = text.replace(old, new)
        (folder / file).write_text(text, "utf-8")
    (folder / "phrases.toml").write_text(PHRASES, "utf-8")
    (folder / "site").mkdir()
    (folder / "site" / "common.toml").write_text('claims = "Dicta"\n', "utf-8")
    return copy


def run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "lod", *arguments],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )


def publication(copy: Path, modality: str) -> Path:
    folder = copy / modality
    folder.mkdir(exist_ok=True)
    facts = FACTS.format(tag=copy.name.rstrip("0123456789"), modality=modality)
    (folder / "facts.yaml").write_text(facts, "utf-8")
    return folder


def test_a_text_is_read_published_and_shown(made: Path) -> None:
    folder = publication(made, "planned")
    built = run(made, "build", str(folder))
    assert built.returncode == 0, built.stdout + built.stderr
    data = (folder / "dist" / "dataset.ttl").read_text("utf-8")
    tag = made.name.rstrip("0123456789")
    for words in (
        f'dicit: the trade havit volumo zumor 28 zillard USD in 2023."@{tag}',
        f'planit: The branch plans to have its headquarters in Astana."@{tag}',
        "schema:minValue 28000000000",
        "lod:comparator lod:moreThan",
        'lod:edtf "2023"',
        f'lod:wording "Lapsa yera"@{tag}',
    ):
        assert words in data
    shown = run(made, "site", str(folder), "-o", str(made / "public"), "--language", tag)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    page = (made / "public" / "index.html").read_text("utf-8")
    assert f'lang="{tag}"' in page
    assert "Dicta" in page


def test_its_words_are_checked(made: Path) -> None:
    checked = run(made, "check", str(publication(made, "stated")), "--format", "json")
    assert checked.returncode == 1, checked.stdout + checked.stderr
    findings = json.loads(checked.stdout)["findings"]
    # It has a phrase for one of the two properties.
    assert [finding["code"] for finding in findings] == ["modality-mismatch", "phrase-missing"]
    assert "vilo" in findings[0]["message"]
    assert "rel:headquarters" in findings[1]["message"]
