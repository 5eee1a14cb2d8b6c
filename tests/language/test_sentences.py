"""Where sentences end. Expected sentences are divided by `|`."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lod.facts.text import SourceText
from lod.language.normalization import INVISIBLE
from lod.language.sentences import split_sentences

ENGLISH = [
    # times of day
    "We met at 5 p.m. on Friday.| It was fine.",
    "It ended at 5 p.m. Tuesday.| It began at 10 a.m. EST.",
    "It ended at 5 p.m.| The meeting was fine.",
    "It was released at 8:30 a.m. (ET) Friday.| Markets fell.",
    # titles, names, initials
    "Dr. Smith met Mr. J. R. R. Tolkien and Prof. Jones.| Mrs. Lee left.",
    "George W. Bush followed John F. Kennedy.| Samuel L. Jackson did not.",
    "Martin Luther King Jr. spoke.| He was heard by King Jr.| It was hot.",
    "Lt. Col. Lee and Sen. Fox, R-Utah, were there.| Gen. Roe was not.",
    "The St. Petersburg forum is over.| She lives in Main St.| It is long.",
    # countries and other dotted words
    "The U.S. Congress met.| He lives in the U.S.| It is big.",
    "It was in May.| U.S. President Biden came.",
    "She has a Ph.D. in law.| He is from Washington, D.C.| They met.",
    "Fruits, e.g. Apples, i.e. Red ones, are good.| So are others.",
    # companies and other abbreviations
    "Apple Inc. Chief Executive Tim Cook spoke.| He works for Apple Inc.| It grew.",
    "Steel, oil, etc. were sold.| They sold oil, gas, etc.| The rest was lost.",
    "See Fig. 2, p. 5 of vol. 3 and No. 5.| He said no.| It was late.",
    "It happened on Jan. 5 in the cold.| It was Jan.| Then Feb. came.",
    "As Smith et al. Found, so it is.| Cf. Roe vs. Wade.",
    # numbers
    "It rose 3.5 percent to $1.2 billion.| It then fell.",
    "It was 1990.| 5 men came.| $5 was paid.",
    "He scored 5.| Then he left.| Plan B.| It failed.| World War II.| It ended.",
    "1. First things first.| Then others.",
    # other stops
    "What?!| No way!!| Really?| Yes.",
    "Well… perhaps.| And so on...| It ended.",
    "To be . . . or not.| So it is.",
    "Yahoo! is old.| eBay is not.| iPhones sell.",
    # quotations and brackets
    '"I am here," he said.| "Go away!" she said.| He left.',
    '"What?" he asked.| He said, "Stop."| Then he left.',
    'He said: "It is good.| We go.| All is well."| Then he left.',
    "“I am here.”| He left.| ‘So be it.’| They agreed.",
    "(This is it.)| It ended (so they say [and think]).| They left.",
    "It said so.[5]| Then it did not.[6][7]| He wrote it.¹²| She read it.",
    "The '90s were good.| It's fine.| The boys' toys were theirs.| A 5\" pipe broke.| It leaked.",
    "It came—and went.| – Dashes begin others.| • So do bullets.",
    # names of the web
    "See http://example.org/a.b.c for it.| Mail a@example.org.| Done.",
    # as published
    '"Rosatom" provides assistance.| The state corporation is ready.',
    'An article was published in "Kazakhstan Truth."',
    "It surpassed $20 billion.| The structure is diversifying, with value.| Moreover, it rises.",
]
GERMAN = [
    "Am 7. August 2024 war es so.| Dann kam der 8. September.",
    "Am Montag, 7. Oktober, begann es.| Es endete am 30. 9. 2024.",
    "Im 3. Quartal stieg der Umsatz um 1,24 Mrd. Franken.| Das 1. Halbjahr war gut.",
    "Der 1. FC Köln spielt.| Er kam am 5.| Dann ging er.",
    "Vom 3. bis 5. August.| Im 20. Jahrhundert.| Zum 25. Jahrestag.",
    "Der II. Weltkrieg war lang.| Ludwig XIV. regierte.",
    "Es waren 5.| Der Rest ging.| Das war 1990.| Danach kam er.",
    "Dr. Müller sagte z. B. nichts, d. h. wenig.| Prof. Dr. med. Huber auch.",
    "Es kostet z.B. Geld, u.a. Franken, bzw. Euro.| Nr. 5 lebt.",
    "Gem. Art. 5 Abs. 3 gilt es.| Siehe S. 5.| Im Jahr 50 v. Chr. war es so.",
    "Nestlé S.A. steigerte den Gewinn auf 5 Mio. Franken.| Die AG wächst.| 9.400 Leute.",
    "„Das ist gut.| Wir gehen.“| Er ging.| «Das ist gut.»| »Wir gehen.«| Er blieb.",
    "St. Gallen ist schön.| Frau Dr. Meier kommt ca. Mitte Mai.",
]
OTHERS = [
    ("fr", "M. Dupont est arrivé.| Il a dit : « Bonjour. »| Puis il est parti.| Oui !| Non ?| Si."),
    ("ru", "А. С. Пушкин родился в 1799 г. в Москве.| Он писал.| Да!| Нет?"),
    ("ru", "Это 5 млн. рублей.| Потом ещё."),
    ("kk", "Бұл сөйлем.| Екінші сөйлем?| Иә!"),
    ("es", "El Sr. López llegó.| ¿Qué?| ¡No!| La Sra. Ruiz no."),
    ("ja", "これは文です。|次の文です！|「そうです。」と言った。|終わり"),
    ("zh", "这是句子。|第二句！|“好。”|他走了"),
    ("hi", "यह वाक्य है।| दूसरा वाक्य।"),
    ("ar", "هذا نص.| هل هذا سؤال؟| نعم."),
    ("th", "ภาษาไทยไม่มีจุด"),
    ("x-unknown", "One sentence.| Another one."),
    ("../../x", "One sentence.| Another one."),
    ("", "One sentence.| Another one."),
]
CASES = [
    *(("en", case) for case in ENGLISH),
    ("en-US", ENGLISH[0]),
    *(("de", case) for case in GERMAN),
    ("de-CH", GERMAN[0]),
    ("DE", GERMAN[0]),
    *OTHERS,
]


@pytest.mark.parametrize(("language", "case"), CASES)
def test_sentences(language: str, case: str) -> None:
    raw = case.replace("|", "")
    spans = split_sentences(raw, 0, len(raw), language)
    assert [raw[start:end] for start, end in spans] == [part.strip() for part in case.split("|")]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        pytest.param(
            "Growth in the quarter\nTrade grew. It set a record.",
            ["Growth in the quarter", "Trade grew.", "It set a record."],
            id="a heading has no full stop",
        ),
        pytest.param(
            "Trade grew. It\nset a record. Then\r\nit fell.\n\nSo it is.",
            ["Trade grew.", "It\nset a record.", "Then\r\nit fell.", "So it is."],
            id="wrapped lines",
        ),
        pytest.param(
            "Rate\t4.1\t4.2\nNo. of jobs\t254\t223\nTotal etc. Mean\t1.\tx",
            ["Rate\t4.1\t4.2", "No. of jobs\t254\t223", "Total etc. Mean\t1.\tx"],
            id="rows divided by tabs",
        ),
        pytest.param(
            "Here is a table. It is short.\n\n| Rate | 4.1 |\n|------|-----|\n"
            "| Jobs. All | 254 |\n\nEnd.",
            [
                "Here is a table.",
                "It is short.",
                "| Rate | 4.1 |",
                "|------|-----|",
                "| Jobs. All | 254 |",
                "End.",
            ],
            id="rows divided by bars",
        ),
        pytest.param(
            "The table:\n\n          Sept.     Aug.\nRate        4.1   4.2\nAll jobs    254   223\n"
            " Private.....  12    15\nNote that it\nis short.",
            [
                "The table:",
                "Sept.     Aug.",
                "Rate        4.1   4.2",
                "All jobs    254   223",
                "Private.....  12    15",
                "Note that it\nis short.",
            ],
            id="rows divided by wide gaps, in a wrapped text",
        ),
        pytest.param(
            "It grew.  It fell.   It rose,  slightly.",
            ["It grew.", "It fell.", "It rose,  slightly."],
            id="wide spaces in prose are no gaps",
        ),
        pytest.param("Trade\tgrew. It fell.", ["Trade\tgrew.", "It fell."], id="a tab in prose"),
        pytest.param(
            "We sell:\n- red apples\n- green ones,\n  too\n\nThat is all.",
            ["We sell:", "- red apples", "- green ones,\n  too", "That is all."],
            id="items of a list",
        ),
        pytest.param(
            "It is wrapped before a dash\n- like this - and\n5.5 more. It goes on.\n\nEnd.",
            ["It is wrapped before a dash\n- like this - and\n5.5 more.", "It goes on.", "End."],
            id="a dash alone makes no list",
        ),
    ],
)
def test_sentences_of_a_text(raw: str, expected: list[str]) -> None:
    assert [raw[s.start : s.end] for s in SourceText(raw).sentences] == expected


def test_a_long_text_is_split_like_its_parts() -> None:
    part = "The U.S. Congress met at 5 p.m. on Friday. It was No. 5. They left.\n"
    assert len(SourceText(part).sentences) == 3
    assert len(SourceText(part * 15_000).sentences) == 45_000


@given(
    st.text(st.sampled_from("abAB12 .!?…,\"'”(）)。」\n\t|-") | st.characters(codec="utf-8")),
    st.sampled_from(["en", "de", "fr", "ru", "ja", "xx"]),
)
def test_any_paragraph_can_be_split(words: str, language: str) -> None:
    raw = words.strip()
    spans = split_sentences(raw, 0, len(raw), language) if raw else []
    assert all(start < end for start, end in spans)
    # Nothing but white space is lost between them, and the order is that of the text.
    kept = [(0, 0), *spans, (len(raw), len(raw))]
    for before, after in pairwise(kept):
        assert before[1] <= after[0]
        assert not raw[before[1] : after[0]].strip().strip(INVISIBLE)
