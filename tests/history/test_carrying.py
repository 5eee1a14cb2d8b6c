"""What two wordings of a sentence carry differently, and which sentences are the same."""

from __future__ import annotations

import pytest

from lod.history.alignment import normal_form
from lod.history.carrying import Carrying

#: Language, names of the publication, the two wordings, and the kinds of what differs.
CASES = [
    ("fr", (), "L'association s'y oppose.", "L'assocaition s'y oppose.", []),
    ("fr", (), "Près de l'Oural, tout va bien.", "Près de l'Atlas, tout va bien.", ["name"]),
    ("fr", (), "L’Oural est long.", "L’Atlas est long.", ["name"]),
    ("fr", ("oural",), "L'Oural est calme.", "L'attente est calme.", ["name"]),
    ("fr", (), "La foire durera deux jours.", "La foire a duré deux jours.", ["plan"]),
    ("en", ("tell", "tell am see"), "It is in Tell am See.", "It is in Tell.", ["name"]),
    ("en", ("tell",), "Tell's port is open.", "The port of Tell is open.", []),
    ("en", ("a 1", "a 10"), "Room A 10 is open.", "Room A 1 is open.", ["name", "number"]),
    ("ru", (), "Цех построит завод.", "Цех построил завод.", ["plan"]),
    ("ru", (), "Банк не исключил паузу.", "Банк исключил паузу.", ["denial", "plan"]),
    ("kk", (), "Цех ашылады.", "Цех ашылмайды.", ["denial", "plan"]),
    ("kk", (), "60-тан астам шарт бар.", "60-қа жуық шарт бар.", ["hedge"]),
]


@pytest.mark.parametrize(("language", "names", "before", "after", "kinds"), CASES)
def test_what_differs(
    language: str, names: tuple[str, ...], before: str, after: str, kinds: list[str]
) -> None:
    known = Carrying(language, dict(zip(names, names, strict=True)), lambda word: False)
    assert [one.kind for one in known.compare(before, after)] == kinds


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("ru", "В мае было 10 судов, а в июне 20.", "В мае было 20 судов, а в июне 30."),
        ("kk", "Мамырда 10 кеме, маусымда 20 кеме.", "Мамырда 20 кеме, маусымда 30 кеме."),
        ("de", "Es waren 10 im Mai und 20 im Juni.", "Es waren 20 im Mai und 30 im Juni."),
        ("fr", "Il y en avait 10 en mai et 20 en juin.", "Il y en avait 20 en mai et 30 en juin."),
        ("xx", "Aaa 10 bbb 20 ccc.", "Aaa 20 bbb 30 ccc."),
    ],
)
def test_numbers_are_paired_by_their_place(language: str, before: str, after: str) -> None:
    replaced = Carrying(language, {}, lambda word: False).replaced(before, after)
    assert (replaced["10"], replaced["20"]) == ({"20"}, {"30"})


def test_a_row_of_many_numbers_is_paired_by_place() -> None:
    rows = [" ".join(map(str, range(first, first + 3_000))) for first in (1, 2)]
    replaced = Carrying("xx", {}, lambda word: False).replaced(*rows)
    assert replaced == {str(one): {str(one + 1)} for one in range(1, 3_001)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Il a dit : « Non ! »", "Il a dit : “Non !”"),
        ("Il a dit : « Non ! »", 'Il a dit\u00a0: "Non !"'),
        ("d'« aubaine »", "d'“aubaine”"),
        ("Er sagte »Nein« und ging.", "Er sagte „Nein“ und ging."),
        ("Er rief: »Halt!« Dann ging er.", "Er rief: „Halt!“ Dann ging er."),
        ("Он сказал: «Нет».", 'Он сказал: "Нет".'),
    ],
)
def test_marks_of_another_kind_are_the_same(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)
