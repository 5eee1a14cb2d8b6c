"""Files beside the facts that an option names: what is wrong with them is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Lod

WORDS = ("site", "{small}", "-o", "{folder}/out", "--words", "{file}")
WIKIBASE = ("link", "{small}", "--dry-run", "--wikibase", "{folder}/x.toml")
ITEMS = ("compare", "{small}", "--items", "{file}")
TEXT = ("validate", "{small}/dist", "--text", "{file}")
TABLE = ("init", "--claims", "{file}", "--text", "{small}/text.txt", "-o", "{folder}/new")


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (WORDS, b"[common]\nclaims = \n", "x.toml:2:10: is not TOML: Invalid value"),
        (WORDS, b"[common]\nclaims", "x.toml:2:7: is not TOML: Expected"),
        (WORDS, b"[common]\nclaims = 'Aussagen\xff'\n", "x.toml:2:19: byte 0xff is not UTF-8"),
        (WORDS, None, "x.toml cannot be read: No such file or directory"),
        (WIKIBASE, b"api = 'https://x.example/'\nentity\n", "x.toml:2:7: is not TOML: "),
        (WIKIBASE, b"api = " + b"1" * 5_000, "x.toml: cannot be read as TOML: Exceeds the limit"),
        (WIKIBASE, b"api = '\xff'", "x.toml:1:8: byte 0xff is not UTF-8"),
        (ITEMS, b'{\n  "entities": }', "x.toml:2:15: is not JSON: Expecting value"),
        (ITEMS, b"", "x.toml:1:1: is not JSON: Expecting value"),
        (ITEMS, b'{"a": "\n\xff', "x.toml:2:1: byte 0xff is not UTF-8"),
        (ITEMS, b"[" * 200_000, "x.toml: is not JSON that is read here: it nests too deep"),
        (TEXT, b"Some words\nand \xe9", "x.toml:2:5: byte 0xe9 is not UTF-8"),
        (TABLE, b"quote,subject\nCaf\xe9,x\n", "x.toml:2:4: byte 0xe9 is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read(
    lod: Lod,
    small: Path,
    tmp_path: Path,
    arguments: tuple[str, ...],
    content: bytes | None,
    said: str,
) -> None:
    assert lod("build", small).code == 0
    file = tmp_path / "x.toml"
    if content is not None:
        file.write_bytes(content)
    result = lod(*(one.format(small=small, folder=tmp_path, file=file) for one in arguments))
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"lod: {tmp_path / said}")
    assert "codec" not in result.err
    assert "Errno" not in result.err


def test_the_folder_of_a_publication_is_no_output_of_a_build(lod: Lod, small: Path) -> None:
    result = lod("validate", small)
    assert result.code == 2
    assert f"{small} is no output of a build" in result.err
    assert lod("build", small).code == 0
    assert f"hint: lod validate {small / 'dist'}\n" in lod("validate", small).err
