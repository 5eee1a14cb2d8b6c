"""German words for times, and what they mean."""

from __future__ import annotations

import pytest

from lod.language.periods import PeriodError, parse_period, unresolved_hint

REFERENCE = "2024-11-27"

ABSOLUTE = [
    ("2023", "2023"),
    ("im Jahr 2023", "2023"),
    ("im Jahre 2023", "2023"),
    ("in 2023", "2023"),
    ("Mai 2025", "2025-05"),
    ("im Mai 2025", "2025-05"),
    ("im Jänner 2025", "2025-01"),
    ("Sept. 2024", "2024-09"),
    ("am 9. Mai 2025", "2025-05-09"),
    ("am Freitag, den 9. Mai 2025", "2025-05-09"),
    ("Freitag, 9. Mai 2025", "2025-05-09"),
    ("am 9.5.2025", "2025-05-09"),
    ("09.05.2025", "2025-05-09"),
    ("9. 5. 2025", "2025-05-09"),
    ("zum 31. Dezember 2023", "2023-12-31"),
    ("per 30.09.2024", "2024-09-30"),
    ("im dritten Quartal 2024", "2024-35"),
    ("im 3. Quartal 2024", "2024-35"),
    ("drittes Quartal 2024", "2024-35"),
    ("Q3 2024", "2024-35"),
    ("im ersten Halbjahr 2024", "2024-01/2024-06"),
    ("in der zweiten Jahreshälfte 2024", "2024-07/2024-12"),
    ("in den ersten neun Monaten 2024", "2024-01/2024-09"),
    ("in den ersten 9 Monaten des Jahres 2024", "2024-01/2024-09"),
    ("im Sommer 2024", "2024-22"),
    ("im Frühjahr 2024", "2024-21"),
    ("im Winter 2024/25", "2024-24"),
    ("in den 1990er Jahren", "199X"),
    ("in den 1990er-Jahren", "199X"),
    ("die 1990er", "199X"),
    ("im 19. Jahrhundert", "18XX"),
    ("im neunzehnten Jahrhundert", "18XX"),
    ("Anfang 2024", "2024-01~/2024-04~"),
    ("Mitte Mai 2024", "2024-05-11~/2024-05-20~"),
    ("Ende 2024", "2024-09~/2024-12~"),
    ("Ende des 19. Jahrhunderts", "1867~/1899~"),
    ("2024-Q4", "2024-36"),
    ("2024-H2", "2024-07/2024-12"),
    ("1914–18", "1914/1918"),
    ("seit 1991", "1991/.."),
    ("seit Anfang 2023", "2023/.."),
    ("seit dem 9. Mai 2024", "2024-05-09/.."),
    ("ab 2025", "2025/.."),
    ("bis 2030", "/2030"),
    ("bis Ende 2025", "/2025"),
    ("bis zum 9. Mai 2025", "/2025-05-09"),
    ("spätestens 2030", "/2030"),
    ("frühestens 2026", "2026/"),
    ("vor 2020", "/2019"),
    ("nach 2020", "2021/"),
    ("von 2015 bis 2020", "2015/2020"),
    ("zwischen 2015 und 2020", "2015/2020"),
    ("2015-2020", "2015/2020"),
    ("von Januar bis September 2024", "2024-01/2024-09"),
    ("Januar bis September 2024", "2024-01/2024-09"),
    ("von November bis März 2025", "2024-11/2025-03"),
    ("vom 5. bis 9. Mai 2025", "2025-05-05/2025-05-09"),
    ("vom 5. bis zum 9. Mai 2025", "2025-05-05/2025-05-09"),
    ("vom 5. Mai 2024 bis zum 9. Juni 2025", "2024-05-05/2025-06-09"),
    ("um 1990", "1990~"),
    ("etwa im Jahr 2020", "2020~"),
    ("möglicherweise im Jahr 2020", "2020?"),
    ("vermutlich um 2020", "2020%"),
]


@pytest.mark.parametrize(("words", "edtf"), ABSOLUTE)
def test_absolute_words(words: str, edtf: str) -> None:
    period = parse_period(words=words, edtf=None, reference=None, language="de")
    assert period.edtf == edtf
    assert period.resolved_against is None


RELATIVE = [
    ("letztes Jahr", REFERENCE, "2023"),
    ("im letzten Jahr", REFERENCE, "2023"),
    ("im vergangenen Jahr", REFERENCE, "2023"),
    ("im Vorjahr", REFERENCE, "2023"),
    ("ein Jahr zuvor", REFERENCE, "2023"),
    ("vorletztes Jahr", REFERENCE, "2022"),
    ("im laufenden Jahr", REFERENCE, "2024"),
    ("in diesem Jahr", REFERENCE, "2024"),
    ("heuer", REFERENCE, "2024"),
    ("nächstes Jahr", REFERENCE, "2025"),
    ("im kommenden Jahr", "1999-12-31", "2000"),
    ("übernächstes Jahr", REFERENCE, "2026"),
    ("von Januar bis September des laufenden Jahres", REFERENCE, "2024-01/2024-09"),
    ("in den ersten neun Monaten des Jahres", REFERENCE, "2024-01/2024-09"),
    ("im vierten Quartal des Vorjahres", REFERENCE, "2023-36"),
    ("im Mai dieses Jahres", REFERENCE, "2024-05"),
    ("am 9. Mai nächsten Jahres", REFERENCE, "2025-05-09"),
    ("Ende des Jahres", REFERENCE, "2024-09~/2024-12~"),
    ("last year", REFERENCE, "2023"),
    ("bis Jahresende", REFERENCE, "/2024"),
    ("bis zum Ende des nächsten Jahres", REFERENCE, "/2025"),
    ("im Laufe des Jahres", REFERENCE, "2024"),
    ("im vergangenen Oktober", REFERENCE, "2024-10"),
    ("im letzten Sommer", REFERENCE, "2024-22"),
    ("nächsten Mai", REFERENCE, "2025-05"),
    ("letzten Monat", "2024-03-31", "2024-02"),
    ("nächsten Monat", "2023-12-31", "2024-01"),
    ("letzte Woche", REFERENCE, "2024-11-18/2024-11-24"),
    ("im letzten Quartal", "2024-02-29", "2023-36"),
    ("gestern", "2024-03-01", "2024-02-29"),
    ("heute", REFERENCE, "2024-11-27"),
    ("morgen", "2024-02-28", "2024-02-29"),
    ("übermorgen", REFERENCE, "2024-11-29"),
    ("vorgestern", REFERENCE, "2024-11-25"),
    ("am Montag", REFERENCE, "2024-11-25"),
    ("am Montagabend", REFERENCE, "2024-11-25"),
    ("letzten Mittwoch", REFERENCE, "2024-11-20"),
    ("nächsten Mittwoch", REFERENCE, "2024-12-04"),
    ("dieser Tage", REFERENCE, "2024-11~"),
    ("in diesen Tagen", REFERENCE, "2024-11~"),
    ("vor drei Jahren", REFERENCE, "2021"),
    ("vor einem Jahr", REFERENCE, "2023"),
    ("vor 10 Tagen", REFERENCE, "2024-11-17"),
    ("vor zwei Jahrzehnten", REFERENCE, "2004~"),
    ("vor mehr als 20 Jahren", REFERENCE, "/2004"),
    ("in drei Jahren", REFERENCE, "2027"),
    ("in den letzten fünf Jahren", REFERENCE, "2019-11-27~/2024-11-27"),
    ("in den kommenden zwei Jahren", REFERENCE, "2024-11-27/2026-11-27~"),
    ("seit dem vergangenen Jahr", REFERENCE, "2023/.."),
]


@pytest.mark.parametrize(("words", "reference", "edtf"), RELATIVE)
def test_relative_words(words: str, reference: str, edtf: str) -> None:
    period = parse_period(words=words, edtf=None, reference=reference, language="de-CH")
    assert period.edtf == edtf
    assert period.resolved_against == reference


@pytest.mark.parametrize(
    "words",
    [
        "demnächst",
        "bald",
        "derzeit",
        "in den letzten Jahren",
        "in den kommenden Wochen",
        "vor einigen Jahren",
        "am 7. August",
        "im Mai",
        "von Januar bis September",
        "im dritten Quartal",
        "drei Jahre später",
        "im Vormonat",
        "im Vorjahreszeitraum",
        "im Geschäftsjahr 2023/24",
    ],
)
def test_words_that_stay_words(words: str) -> None:
    period = parse_period(words=words, edtf=None, reference=REFERENCE, language="de")
    assert (period.words, period.edtf) == (words, None)


def test_a_hint_names_both_years() -> None:
    hint = unresolved_hint("am 7. August", REFERENCE, "de")
    assert "edtf: 2025-08-07} (the next) or edtf: 2024-08-07 (the last)" in hint


@pytest.mark.parametrize(
    ("words", "message"),
    [("31. Februar 2025", "day 31"), ("9.13.2025", "month 13"), ("am 31. Juni", "day 31")],
)
def test_days_that_do_not_exist(words: str, message: str) -> None:
    with pytest.raises(PeriodError, match=message):
        parse_period(words=words, edtf=None, reference=REFERENCE, language="de")


def test_a_language_without_data_has_edtf_only() -> None:
    assert parse_period(words="2023", edtf=None, reference=None, language="uk").edtf == "2023"
    period = parse_period(words="минулий рік", edtf=None, reference=REFERENCE, language="uk")
    assert (period.words, period.edtf) == ("минулий рік", None)
    both = parse_period(words="минулий рік", edtf="2023", reference=REFERENCE, language="uk")
    assert (both.words, both.edtf, both.resolved_against) == ("минулий рік", "2023", None)
