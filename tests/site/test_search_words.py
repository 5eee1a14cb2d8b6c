"""The words of a text: one table of cases for Python and for the browser."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.site.search.entries import MAX_WORD, fold, tokens

if TYPE_CHECKING:
    from tests.site.browser import Visits

CASES: list[tuple[str, list[str]]] = [
    ("", []),
    ("  — … !", []),
    ("Kazakhstan's GDP: 28.5%", ["kazakhstan", "s", "gdp", "28", "5"]),
    ("Élysée  Ærø  Łódź", ["elysee", "aero", "lodz"]),
    ("Straße STRASSE straße", ["strasse"] * 3),
    ("Donaudampfschifffahrt-Gesellschaft", ["donaudampfschifffahrt", "gesellschaft"]),
    ("ﬁnance ① ½ Ⅻ m²", ["finance", "1", "1", "2", "xii", "m2"]),
    ("İstanbul ISPARTA Iğdır", ["istanbul", "isparta", "igdir"]),
    ("Σίσυφος ΣΊΣΥΦΟΣ", ["σισυφοσ", "σισυφοσ"]),
    ("Қазақстан Республикасы, Өскемен", ["қазақстан", "республикасы", "өскемен"]),
    ("Ёлка йод Україна", ["елка", "иод", "украіна"]),
    ("Հայաստան საქართველო", ["հայաստան", "საქართველო"]),
    ("哈萨克斯坦", ["哈萨", "萨克", "克斯", "斯坦", "坦"]),
    ("文", ["文"]),
    ("2024年 GDP增长", ["2024", "年", "gdp", "增长", "长"]),
    ("カザフスタンのガス", ["カザ", "ザフ", "フス", "スタ", "タン", "ンの", "のガ", "ガス", "ス"]),
    ("ｶｻﾞﾌ", ["カザ", "ザフ", "フ"]),
    ("카자흐스탄 공화국", ["카자흐스탄", "공화국"]),
    ("ประเทศ", ["ปร", "ระ", "ะเ", "เท", "ทศ", "ศ"]),
    ("كَازَاخِسْتَان ٢٠٢٤", ["كازاخستان", "2024"]),
    ("أحمد إلى ـــ مـرحبا", ["احمد", "الى", "مرحبا"]),
    ("קָזַחְסְטָן", ["קזחסטן"]),
    ("कज़ाख़स्तान ५", [fold("कज़ाख़स्तान"), "5"]),
    ("co\u00adop\u200derate", ["cooperate"]),
    ("\u202eevil\u202c <script>alert(1)</script>", ["evil", "script", "alert", "1", "script"]),
    ("𠮷野家", ["𠮷野", "野家", "家"]),
    ("𝔎𝔞𝔷𝔞𝔨𝔥", ["kazakh"]),
    ("a\ud800b", ["a", "b"]),
    ("x" * 100, ["x" * MAX_WORD]),
    ("Ж" * 41, ["ж" * MAX_WORD]),
    ("e\u0301te\u0301 été", ["ete", "ete"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=range(len(CASES)))
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_folding_is_done_at_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="aÄßҚйΣ文 가あﷺ-\u0301", max_size=60))
def test_what_is_found_by_itself_is_found_in_any_case(text: str) -> None:
    assert tokens(text.upper()) == tokens(text) == tokens(text.lower())


def test_the_browser_takes_texts_apart_in_the_same_way(visit: Visits, example_address: str) -> None:
    page = visit(f"{example_address}search.html")
    found = page.evaluate(
        """async ([address, texts]) => {
            const { tokens } = await import(address);
            return texts.map((text) => tokens(JSON.parse(text)));
        }""",
        # A lone surrogate only arrives escaped.
        [f"{example_address}assets/search_words.js", [json.dumps(text) for text, _ in CASES]],
    )
    assert found == [expected for _, expected in CASES]


def test_the_browser_folds_every_letter_in_the_same_way(
    visit: Visits, example_address: str
) -> None:
    # What was assigned after the Unicode of this Python is a letter to the browser alone.
    known = [
        chr(code)
        for code in [*range(0x20, 0xD800), *range(0xE000, 0x20000)]
        if unicodedata.category(chr(code))[0] in "LNM"
    ]
    page = visit(f"{example_address}search.html")
    found = page.evaluate(
        """async ([address, letters]) => {
            const { tokens } = await import(address);
            return letters.map((letter) => tokens(`a ${letter}b`).join(" "));
        }""",
        [f"{example_address}assets/search_words.js", known],
    )
    unlike = {
        f"U+{ord(letter):04X}": (theirs, ours)
        for letter, theirs in zip(known, found, strict=True)
        if theirs != (ours := " ".join(tokens(f"a {letter}b")))
    }
    assert not unlike
