"""Writes docs/benchmarks.md from the results, and the cost model of docs/corpora.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.measure import RESULTS

DOCS = Path(__file__).parents[1] / "docs"
_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_COST_BEGIN = "<!-- cost model: begin. Filled from the figures of benchmarks/. -->"
_COST_END = "<!-- cost model: end -->"
_PUBLICATIONS = 10_000_000
#: What a core hour costs, in the currency of the reader's choice: only to show the sum.
_CORE_HOUR = 0.05


def _read(name: str) -> dict[str, Any] | None:
    file = RESULTS / f"{name}.json"
    data: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return data


def _table(head: str, rows: Iterable[Iterable[object]]) -> str:
    columns = head.count("|") + 1
    lines = [f"| {head} |", "|" + "---|" * columns]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)


def _number(value: float) -> str:
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _machine(data: dict[str, Any]) -> str:
    m = data["machine"]
    return (
        f"{m['processor']}, {m['cores']} cores, {m['memory_gb']} GB, {m['system']}, "
        f"Python {m['python']}, pyoxigraph {m['pyoxigraph']}, shacl {m['shacl']}, "
        f"rdflib {m['rdflib']}, pySHACL {m['pyshacl']}"
    )


def _where(data: dict[str, Any]) -> str:
    """The machine, and what else it did."""
    load = data.get("load", {})
    others = load.get("others")
    if others is None:
        return f"{_machine(data)}."
    return (
        f"{_machine(data)}. Load average before: {load['load_before']:.2f}; other work took "
        f"{others:.0%} of the cores."
    )


def pipeline(data: dict[str, Any]) -> str:
    """The tables of the pipeline."""
    stages, ceiling, plain = data["stages"], data["ceiling"], data["plain"]
    scaling, jobs = data["scaling"], data["jobs"]
    quads = stages["quads_per_publication"]
    parts = [
        f"## The whole path\n\n{_where(data)} A publication has 16 claims and "
        f"{quads:,.0f} quads, {stages['bytes_per_publication'] / 1e3:,.0f} kB of N-Quads.",
        _table(
            "stage | ms a publication | processor, ms | quads a second",
            [
                (
                    name,
                    _number(ms),
                    _number(stages["cpu_ms_per_publication"][name]),
                    _number(1e3 * quads / ms) if ms > 0 else "",
                )
                for name, ms in stages["ms_per_publication"].items()
            ],
        ),
        _table(
            "compared in the same run | lod, ms | the other, ms | ratio | of processor time | goal",
            [
                (
                    f"rdflib and pySHACL, {plain['publications']} publications",
                    _number(plain["lod_ms"]),
                    _number(plain["plain_ms"]),
                    f"{_number(plain['times_faster'])} times faster",
                    _number(plain["times_faster_cpu"]),
                    "100",
                ),
                (
                    f"bare templates and `shacl`, {ceiling['publications']} publications",
                    _number(ceiling["lod_ms"]),
                    _number(ceiling["ceiling_ms"]),
                    f"{_number(ceiling['share_of_ceiling'])} of that speed",
                    _number(ceiling["share_of_ceiling_cpu"]),
                    "0.7",
                ),
                (
                    f"two processes for one, {jobs['publications']:,} publications, "
                    f"{jobs['rounds']} rounds from {min(jobs['each_round']):.2f} to "
                    f"{max(jobs['each_round']):.2f}",
                    _number(jobs["one_ms"]),
                    _number(jobs["two_ms"]),
                    f"{_number(jobs['times_faster'])} times faster",
                    "two use "
                    + _number(jobs["two_cpu_ms"] / jobs["one_cpu_ms"])
                    + " times as much",
                    "1.7",
                ),
            ],
        ),
        _table(
            "corpus build, publications | ms a publication | processor, ms | peak memory, MB",
            [
                (
                    f"{int(size):,}",
                    _number(row["ms_per_publication"]),
                    _number(row["cpu_ms_per_publication"]),
                    f"{row['peak_memory_mb']:.0f}",
                )
                for size, row in scaling["sizes"].items()
            ],
        ),
        f"The largest takes {_number(scaling['largest_to_base'])} times the time a publication of "
        f"that with {scaling['base']}, and {_number(scaling['largest_to_base_cpu'])} times the "
        "processor time (goal: at most 1.2).",
    ]
    return "\n\n".join(parts)


def _both(data: dict[str, Any], name: str) -> str:
    """A ratio by the clock, and of processor time."""
    return f"{_number(data[name])} (of processor time {_number(data[f'{name}_cpu'])})"


def cold_start(data: dict[str, Any]) -> str:
    """The table of the cold start."""
    return "\n\n".join(
        [
            f"## Cold start\n\n{_where(data)} Medians of {data['rounds']} alternating rounds.",
            _table(
                "run | ms | processor, ms",
                [
                    (name, _number(ms), _number(data["cpu_ms"][name]))
                    for name, ms in data["ms"].items()
                ],
            ),
            f"`lod --help` takes {_both(data, 'help_to_import_click')} times what importing "
            f"click takes. The plain scripts take {_both(data, 'plain_to_lod_check')} times what "
            f"`lod check` and {_both(data, 'plain_to_lod_build')} times what `lod build` takes, "
            "though they read no text and check no quote.",
        ]
    )


def queries(data: dict[str, Any]) -> str:
    """The tables of the queries."""
    sizes = data["sizes"]
    lookups = [
        (
            f"{size['quads']:,}",
            name,
            f"{row['rows']:,}",
            _number(row["bare_ms"]),
            _number(row["lod_ms"]),
            _number(row["times_bare"]),
            _number(row["times_bare_cpu"]),
        )
        for size in sizes.values()
        for name, row in size["lookups"].items()
    ]
    hops = [
        (
            f"{size['quads']:,}",
            f"{which}, {item['claims_passed']:,}",
            name,
            "stopped" if form["rows"] is None else f"{form['rows']:,}",
            _number(form["ms"]) if "ms" in form else f"over {_number(form['over_ms'])}",
            _number(form["times"]) if "ms" in form else "",
            _number(form["times_cpu"]) if "ms" in form else "",
        )
        for size in sizes.values()
        for which, item in size["hops"].items()
        for name, form in item["forms"].items()
    ]
    return "\n\n".join(
        [
            f"## Queries\n\n{_where(data)} Stores on disk, opened read-only.",
            _table(
                "quads | lookup | rows | bare, ms | lod, ms | times bare | of processor time",
                lookups,
            ),
            _table(
                "quads | item, claims passed | hops over, form | rows | ms | times the "
                "recommended | of processor time",
                hops,
            ),
            "The goal is 100 times over `owl:sameAs` at 2 million.",
        ]
    )


def peers(data: dict[str, Any]) -> str:
    """The tables of the peers."""
    tools = [
        (name, about["version"], about.get("skipped", "measured"), about.get("note", ""))
        for name, about in data["peers"].items()
    ]
    rows = [
        (
            job,
            name,
            _number(row["ms"]),
            _number(row["cpu_ms"]),
            _number(row["times_lod"]),
            _number(row["times_lod_cpu"]),
        )
        for job, ways in data["jobs"].items()
        for name, row in ways.items()
    ]
    return "\n\n".join(
        [
            f"## Other tools\n\n{_where(data)} {data['publications']:,} publications, "
            f"{data['triples']:,} triples; medians of {data['rounds']} rounds in turn.",
            _table("tool | release | | what is to know", tools),
            _table(
                "job | by | ms for all | processor, ms | times the first of its job "
                "| of processor time",
                rows,
            ),
        ]
    )


def site(data: dict[str, Any]) -> str:
    """The table of the site of a corpus."""
    rows = [
        (
            name.partition(",")[0],
            done.replace("_", " "),
            f"{row['pages']:,}",
            _number(row["seconds"]),
            _number(row["cpu_seconds"]),
            _number(row["pages_a_second"]) if row["built"] else "",
            f"{row['memory_mb']:.0f}",
            f"{row['memory_worker_mb']:.0f}",
        )
        for name, builds in data["builds"].items()
        for done, row in builds.items()
    ]
    return "\n\n".join(
        [
            f"## The site of a corpus\n\n{_where(data)} Publications of 16 claims, one "
            "in a hundred broken and left out; two worker processes.",
            _table(
                "corpus | build | pages | seconds | processor, s | pages a second "
                "| peak memory, MB | of a worker, MB",
                rows,
            ),
            "The goal is 50 pages a second, and memory that does not grow with the publications.",
        ]
    )


def pages(data: dict[str, Any]) -> str:
    """The table of the article page, beside that of an earlier commit."""
    rows = [
        (
            name,
            f"{one['largest_paint_ms']:,.0f}",
            f"{one['layout_shift']:.3g}",
            f"{one['whole_kb']:.0f}",
            f"{one['without_text_kb']:.0f}",
            f"{one['packed_kb']:.0f}",
        )
        for name, one in ((f"commit {data['commit']}", data["before"]), ("now", data["now"]))
    ]
    return "\n\n".join(
        [
            f"## The article page\n\n{_where(data)} `python -m benchmarks pages`: Chromium at 390 "
            "by 844 pixels, four times slower than the machine, 1.6 Mbit/s with 150 ms there and "
            f"back; {data['runs']} runs of each in turn, in empty profiles. The example, as each "
            "commit has it; sizes with style sheets and scripts, before the host packs them.",
            _table(
                "page | Largest Contentful Paint, ms | most layout shift | kB | kB without the "
                "marked text | kB packed",
                rows,
            ),
            f"The median of the ratios of the rounds is {data['ratio']:.3g}. The goals are 1.05, "
            "no shift, and 120 kB without the marked text.",
        ]
    )


def house(data: dict[str, Any]) -> str:
    """This commit beside an earlier one."""
    return (
        f"## Beside commit {data['against'][:7]}\n\n{_where(data)} Processor time; medians of "
        f"alternating rounds.\n\n{house_table(data)}"
    )


def house_table(data: dict[str, Any]) -> str:
    """The table of that."""
    reached = {True: "yes", False: "**no**", None: "not measured"}
    return _table(
        "| then | now | to reach | reached",
        [
            (row["name"], row["then"], row["now"], row["goal"], reached[row["met"]])
            for row in data["rows"].values()
        ],
    )


def checks(data: dict[str, Any]) -> str:
    """The tables of what checking catches, with other tools beside it where they were asked."""
    languages = data["languages"]
    tables = []
    for part, title in (
        ("operators", "mistake"),
        ("beyond", "mistake that no words of the quote tell"),
    ):
        names = dict.fromkeys(name for one in languages.values() for name in one[part])
        rows = [
            [name, *(_caught(one[part].get(name)) for one in languages.values())] for name in names
        ]
        tables.append(_table(" | ".join([title, *languages]), rows))
    rows = [
        ["lod: caught", *(_caught([one["caught"], one["made"]]) for one in languages.values())],
        [_ALARMS, *(_number(one["false_alarms_in_50_claims"]) for one in languages.values())],
    ]
    for name, tool in data.get("peers", {}).items():
        rows.append(
            [f"{name}: caught", *(_caught(tool["caught"][tag]["all"]) for tag in languages)]
        )
        alarms = tool["false_alarms_in_50_claims"]
        rows.append([_ALARMS, *(_number(alarms[tag]) for tag in languages)])
    tables.insert(1, _table(" | ".join(["all mistakes", *languages]), rows))
    tables.append(
        _table(
            "goal | reached | to reach | ",
            [
                (row["what"], row["reached"], row["goal"], "yes" if row["met"] else "**no**")
                for row in data["goals"]
            ],
        )
    )
    return "\n\n".join(tables)


def checks_chapter(data: dict[str, Any]) -> str:
    """The same as a chapter."""
    claims = ", ".join(f"{one['claims']} {name}" for name, one in data["languages"].items())
    head = f"## What checking catches\n\nSeed {data['seed']}; right claims: {claims}."
    return f"{head}\n\n{checks(data)}"


_ALARMS = "claims with a false alarm, in 50"


def _caught(found: list[int] | None) -> str:
    """How many of one kind were caught, of how many; "" where there are none."""
    return "" if found is None else f"{found[0]} of {found[1]}"


#: How the ways of `benchmarks.tables` are called, and what they must keep to beside the build.
_TABLES = {
    "n-quads": "`lod build`, N-Quads",
    "csv": "`lod export -f csv`",
    "parquet": "`lod export -f parquet`",
    "n-quads and csv": "`lod build --also csv`",
    "n-quads and parquet": "`lod build --also parquet`",
}


def tables(data: dict[str, Any]) -> str:
    """The chapter on the tables of a corpus."""
    build = data["n-quads"]["cpu_seconds"]
    ways = [
        (
            name,
            _number(data[way]["cpu_seconds"]),
            _number(data[way]["cpu_seconds"] / build),
            f"{data[way]['memory_mb']:.0f} MB",
            f"{sum(data[way]['bytes'].values()) / 1e6:,.0f} million",
        )
        for way, name in _TABLES.items()
        if way in data
    ]
    asked = [
        (
            question,
            f"{_number(found['sparql_cpu_ms'])} ms",
            f"{_number(found['duckdb_cpu_ms'])} ms",
            f"DuckDB {_number(found['sparql_over_duckdb'])} times faster"
            if found["sparql_over_duckdb"] > 1
            else f"DuckDB {_number(1 / found['sparql_over_duckdb'])} times slower",
            goal,
        )
        for (question, found), goal in zip(
            [(one, value) for one, value in data["queries"].items() if isinstance(value, dict)],
            ("at least 5 times faster", "at most 3 times slower"),
            strict=True,
        )
    ]
    sizes = {way: sum(data[way]["bytes"].values()) for way in ("n-quads", "csv", "parquet")}
    return "\n\n".join(
        [
            "## Tables of a corpus",
            f"{_where(data)} {data['publications']:,} publications of 16 claims, built as N-Quads, "
            "exported as tables, and built with tables in the same run.",
            _table(" | processor, s | against the build | peak memory | bytes", ways),
            "The goal of an export is 1.5 times the build, and 300 MB. The exports read and check "
            "the facts and do not validate against the shapes, which the build does. Most of the "
            "memory of Parquet is the package that writes it. The tables as CSV take "
            f"{sizes['csv'] / sizes['n-quads']:.0%} of the bytes of the N-Quads, as Parquet "
            f"{sizes['parquet'] / sizes['n-quads']:.1%}.",
            f"The Parquet of {data['in_store']:,} of these publications, asked with DuckDB, "
            f"against SPARQL on a store with the same ({data['queries']['quads']:,} quads, "
            f"{data['queries']['store_bytes'] / 1e6:,.0f} million bytes); both give the same "
            "rows. Milliseconds of processor time; DuckDB opens the file for each question:",
            _table("question | SPARQL | DuckDB | | goal", asked),
        ]
    )


def cost_model(data: dict[str, Any]) -> str:
    """What ten million publications take, from the figures of the pipeline."""
    largest = max(data["scaling"]["sizes"].items(), key=lambda one: int(one[0]))
    milliseconds = largest[1]["ms_per_publication"]
    hours = _PUBLICATIONS * milliseconds / 3.6e6
    quads = _PUBLICATIONS * data["stages"]["quads_per_publication"]
    size = _PUBLICATIONS * data["stages"]["bytes_per_publication"]
    sizes = data["scaling"]["sizes"]
    memory = ", ".join(f"{one['peak_memory_mb']:.0f} at {int(n):,}" for n, one in sizes.items())
    return "\n".join(
        [
            f"From the build of {int(largest[0]):,} publications of 16 claims "
            f"([benchmarks](benchmarks.md): {_machine(data)}):",
            "",
            _table(
                "10,000,000 publications | |",
                [
                    ("core hours", f"{hours:,.1f} ({_number(milliseconds)} ms each)"),
                    ("quads", f"{quads / 1e9:,.1f} billion"),
                    ("N-Quads, plain", f"{size / 1e9:,.0f} GB"),
                    ("32 cores, if none slows another", f"{hours / 32:,.2f} hours"),
                    ("memory of one process as measured, MB", memory),
                    ("at 0.05 a core hour", f"{hours * _CORE_HOUR:,.2f}"),
                ],
            ).replace(
                "| 10,000,000 publications | | |\n|---|---|---|",
                "| 10,000,000 publications | |\n|---|---|",
            ),
            "",
            f"This multiplies what was measured on {int(largest[0]):,} publications; nothing "
            "larger was run. Up to there the time a publication does not grow. Memory does grow a "
            "little, and how far it goes on beyond is not measured. Nor is what many "
            "cores cost each other, or a shared file system.",
        ]
    )


def _between(text: str, begin: str, end: str, middle: str) -> str:
    before, found, rest = text.partition(begin)
    after = rest.partition(end)[2]
    return f"{before}{begin}\n{middle}\n{end}{after}" if found else text


def main(_: list[str] | None = None) -> None:
    """Write the tables of those benchmarks that have results."""
    page = DOCS / "benchmarks.md"
    page.write_text(benchmarks_page(page.read_text("utf-8")), "utf-8")
    if (data := _read("pipeline")) is not None:
        page = DOCS / "corpora.md"
        text = _between(page.read_text("utf-8"), _COST_BEGIN, _COST_END, cost_model(data))
        page.write_text(text, "utf-8")


def benchmarks_page(text: str) -> str:
    """docs/benchmarks.md with the figures of the results.

    Args:
        text: the page as it is.
    """
    parts = [
        write(data)
        for name, write in (
            ("pipeline", pipeline),
            ("cold_start", cold_start),
            ("queries", queries),
            ("peers", peers),
            ("site", site),
            ("tables", tables),
            ("pages", pages),
            ("house", house),
            ("checks", checks_chapter),
        )
        if (data := _read(name)) is not None
    ]
    return _between(text, _BEGIN, _END, "\n\n".join(parts))


if __name__ == "__main__":
    main()
