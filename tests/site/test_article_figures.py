"""The figures of the article page: bounds stay bounds, open ends stay open, boxes stay apart."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import lod
from lod.pages.axes import Days, Numbers
from lod.pages.graph import make_graph, place
from lod.pages.map import make_map
from lod.pages.quantities import make_quantities
from lod.pages.timeline import make_timeline
from lod.pages.view import PublicationView

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "russia-kazakhstan"

TEXT = "We say it here."
HEAD = """\
publication:
  base: https://data.example.org/figures/
  title: Figures
  license: https://creativecommons.org/publicdomain/zero/1.0/
  publisher: {name: Example Data Desk}
document: {text: article.txt, language: en, author: reporter, published: 2024-06-01}
entities:
  reporter: {type: Person, label: Rita Reporter}
  trade: {type: Group, label: traders}
claims:
"""


def view_of(folder: Path, claims: list[str]) -> PublicationView:
    """A publication with these claims; each is the lines after its quote."""
    folder.mkdir(exist_ok=True)
    (folder / "article.txt").write_text(TEXT, "utf-8")
    entries = [
        f"  - id: c{n}\n    quote: We say it here\n    subject: trade\n{claim}"
        "    allow: {value-not-in-quote: a test, period-not-in-quote: a test}\n"
        for n, claim in enumerate(claims)
    ]
    (folder / "facts.yaml").write_text(HEAD + "".join(entries), "utf-8")
    return PublicationView(lod.load(folder))


def quantity(text: str) -> str:
    return f"    property: count\n    value: {text}\n"


@pytest.mark.parametrize(
    ("value", "dot", "arrow"),
    [
        ("20 people", "filled", ""),
        ("about 20 people", "soft", ""),
        ("more than 20 people", "open", "right"),
        ("just over 20 people", "open", "just-right"),
        ("at least 20 people", "filled", "right"),
        ("less than 20 people", "open", "left"),
        ("almost 20 people", "open", "just-left"),
        ("at most 20 people", "filled", "left"),
        ("between 10 and 20 people", "bar", ""),
    ],
)
def test_every_hedge_has_a_shape_of_its_own(
    tmp_path: Path, value: str, dot: str, arrow: str
) -> None:
    chart = make_quantities(view_of(tmp_path, [quantity(value)]))
    assert chart is not None
    (mark,) = chart.groups[0].marks
    assert (mark.dot, mark.arrow) == (dot, arrow)
    assert mark.to > mark.at if dot == "bar" else mark.to == mark.at


def test_quantities_are_grouped_by_unit_and_wide_ranges_are_logarithmic(tmp_path: Path) -> None:
    values = ["3 people", "40 percent", "5 million people"]
    chart = make_quantities(view_of(tmp_path, [quantity(value) for value in values]))
    assert chart is not None
    people, percent = chart.groups
    assert (people.unit, people.logarithmic, percent.logarithmic) == ("people", True, False)
    assert people.marks[0].at < people.marks[1].at
    assert len(chart.table) == 3


def test_a_fraction_is_told_and_not_drawn_by_its_number_alone(tmp_path: Path) -> None:
    chart = make_quantities(view_of(tmp_path, [quantity("1 in 3"), quantity("3 people an hour")]))
    assert chart is not None
    assert [group.unit for group in chart.groups] == ["people / hour"]
    assert [mark.amount.label for mark in chart.others] == ["1 in 3"]


def test_proportions_in_words_and_places_in_a_series_are_told_and_not_drawn() -> None:
    chart = make_quantities(PublicationView(lod.load(EXAMPLE)))
    assert chart is not None
    assert [mark.amount.label for mark in chart.others] == [
        "almost all",
        "almost all",
        "20th",
        "many",
    ]
    drawn = [mark for group in chart.groups for mark in group.marks]
    assert len(drawn) + len(chart.others) == len(chart.table)


def period(edtf: str) -> str:
    return f"    property: status\n    value: open\n    during: {{edtf: {edtf}}}\n"


def test_spans_are_ordered_open_where_they_are_open_and_soft_where_approximate(
    tmp_path: Path,
) -> None:
    values = ["2024-05", "2020/..", "../2019", "2021/", "2022~", "2023?", "2024-05-09"]
    view = view_of(tmp_path, [period(value) for value in values])
    line = make_timeline(view)
    assert line is not None
    spans = {span.period.edtf: span for span in line.spans}
    assert list(spans) == ["../2019", "2020/..", "2021/", "2022~", "2023?", "2024-05", "2024-05-09"]
    assert (spans["2020/.."].open_right, spans["2020/.."].right) == ("open", 100)
    assert (spans["../2019"].open_left, spans["../2019"].left) == ("open", 0)
    assert spans["2021/"].open_right == "unknown"
    assert spans["2022~"].soft
    assert spans["2023?"].soft
    assert not spans["2024-05"].soft
    day, month = spans["2024-05-09"], spans["2024-05"]
    assert month.left < day.left < day.right < month.right
    assert line.published is not None


def test_words_without_a_date_are_told_and_not_drawn() -> None:
    line = make_timeline(PublicationView(lod.load(EXAMPLE)))
    assert line is not None
    assert "Soon" in {span.words for span in line.words}
    assert all(span.period.start and span.period.end for span in line.spans)


def test_there_is_no_figure_without_data(tmp_path: Path) -> None:
    view = view_of(tmp_path, ["    property: status\n    value: open\n"])
    assert make_timeline(view) is None
    assert make_quantities(view) is None
    assert make_graph(view) is None
    assert make_map(view) is None


FLOATS = st.floats(allow_nan=False, allow_infinity=False).map(lambda one: Decimal(repr(one)))
ORDINARY = st.floats(-1e9, 1e12).map(lambda one: Decimal(repr(one)))
EXTREME = st.builds(
    lambda digits, power: Decimal(digits).scaleb(power),
    st.integers(-99, 99),
    st.integers(-500, 500),
)


@given(st.lists(ORDINARY | FLOATS | EXTREME, min_size=1, max_size=6))
@example([Decimal("5e-324")])
@example([Decimal("5e-324"), Decimal("1.7e308")])
@example([Decimal("-1.7e308"), Decimal("1.7e308")])
@example([Decimal(7), Decimal(7)])
@example([Decimal(0)])
def test_numbers_keep_their_order_on_an_axis(numbers: list[Decimal]) -> None:
    axis = Numbers(numbers)
    places = [axis.at(number) for number in sorted(numbers)]
    assert places == sorted(places)
    assert all(0 <= at <= 100 for at in places)
    ticks = [tick.at for tick in axis.ticks]
    assert 2 <= len(ticks) <= 8
    assert ticks == sorted(set(ticks))
    labels = [tick.label.replace(",", "") for tick in axis.ticks]
    assert len(set(labels)) == len(labels)
    assert all(len(label) < 40 for label in labels)
    assert list(map(Decimal, labels)) == sorted(map(Decimal, labels))


@given(st.lists(st.dates(), min_size=1, max_size=5))
def test_days_keep_their_order_on_an_axis(dates: list[object]) -> None:
    days = sorted(map(str, dates))
    axis = Days(days)
    places = [axis.at(day) for day in days]
    assert places == sorted(places)
    assert all(axis.at(day) <= axis.at(day, after=True) for day in days)
    assert 1 <= len(axis.ticks) <= 8


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[tuple[float, float]], list[tuple[int, int]]]:
    count = draw(st.integers(1, 14))
    sizes = [(draw(st.floats(30, 160)), draw(st.sampled_from([27.0, 42.0]))) for _ in range(count)]
    index = st.integers(0, count - 1)
    edges = draw(st.lists(st.tuples(index, index).filter(lambda e: e[0] != e[1]), max_size=20))
    return sizes, edges


@settings(max_examples=40)
@given(graphs())
def test_boxes_of_a_graph_stand_apart_in_its_frame(
    graph: tuple[list[tuple[float, float]], list[tuple[int, int]]],
) -> None:
    sizes, edges = graph
    centres = place(sizes, edges)
    assert centres == place(sizes, edges)
    for (x, y), (width, height) in zip(centres, sizes, strict=True):
        assert x - width / 2 > -0.1
        assert y - height / 2 > -0.1
        assert x + width / 2 < 608.1
    boxes = list(zip(centres, sizes, strict=True))
    for ((x1, y1), (w1, h1)), ((x2, y2), (w2, h2)) in combinations(boxes, 2):
        assert abs(x1 - x2) >= (w1 + w2) / 2 - 0.2 or abs(y1 - y2) >= (h1 + h2) / 2 - 0.2


def test_the_graph_shows_the_entities_that_are_related_most() -> None:
    graph = make_graph(PublicationView(lod.load(EXAMPLE)))
    assert graph is not None
    slugs = [node.entity.slug for node in graph.nodes]
    assert slugs[:2] == ["kazakhstan", "russia"]
    assert len(slugs) + graph.left_out == 90
    assert all(node.x >= 0 and node.x + node.width <= graph.width for node in graph.nodes)
    assert graph.width <= 630, "wider than the column: its words would be small"
    assert graph.edges
    # It hangs together: whatever is related to Kazakhstan, over however many others.
    found, near = {"Kazakhstan"}, [set(edge.label.split(" – ")[::2]) for edge in graph.edges]
    for _ in near:
        found.update(*(pair for pair in near if pair & found))
    assert found == {node.entity.label for node in graph.nodes}
    assert "planned" in {note.manner for edge in graph.edges for note in edge.notes}


def test_places_stand_where_the_lock_pins_them() -> None:
    map_ = make_map(PublicationView(lod.load(HERE / "right-to-left")))
    assert map_ is not None
    places = {place.entity.slug: place for place in map_.places}
    assert set(places) == {"moscow", "kazan", "astana"}
    assert places["moscow"].x < places["kazan"].x < places["astana"].x
    assert places["astana"].y > places["moscow"].y
    assert places["moscow"].position == "55.76° N, 37.62° E"
    assert all(place.side is not None for place in places.values())


def test_the_example_pins_no_coordinates_and_has_no_map() -> None:
    view = PublicationView(lod.load(EXAMPLE))
    assert view.lock is not None
    pinned = [item for item in view.lock.items.values() if item.coordinates is not None]
    assert (make_map(view) is None) == (not pinned)
