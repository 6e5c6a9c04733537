"""Earlier workbooks: figures that History adds, and what has changed since an earlier report."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport import Month, load_workbook
from cpreport.model.document import Note, plain
from cpreport.model.errors import InputError
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding

from .example_month import DATA, EARLIER, INDICATORS, REPORT, Change, Replaced, Rows, Shown
from .examples import examples
from .workbooks import (
    changed,
    data_of,
    example_month,
    figure,
    month_of,
    texts,
    told,
    write_example,
    write_report,
    write_workbook,
)

CARRIED = INDICATORS.replace('title = "Children aged 0-17"', 'title = "Children aged 0-17"\ncarry = true')
JUNE = {"About!B2": "Jun 2023"}
ABOUT: Rows = [["Key", "Value"], ["Reporting period", "Jun 2023"]]
FEEDS = {2: ["rate", "far"], 3: ["rate"], 4: ["far"], 5: ["checks"], 6: ["moves"], 7: ["mean"], 8: ["mean"]}
"""The indicators that each row of the example's Data feeds."""


def since_june(folder: Path, june: Change, month: Change | None = None, indicators: str = INDICATORS) -> Month:
    """The example's Data compared with those of June, each with other values in some cells."""
    write_report(folder, indicators)
    then = changed({"Data": DATA, "About": ABOUT}, june)
    now = changed({"Data": DATA}, month or {})
    against = write_workbook(folder / "june-2023.xlsx", then)
    return load_workbook(write_workbook(folder / "july-2023.xlsx", now), against=against)


def messages(month: Month, code: str) -> list[str]:
    return [finding.message for finding in month.findings if finding.code == code]


def notes(month: Month) -> list[str]:
    blocks = (block for section in month.report.sections for block in section.blocks)
    return [plain(block.text) for block in blocks if isinstance(block, Note) and "report" in plain(block.text)]


# Addresses


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (CellRef("Data", 12, 14), "Data!N12"),
        (CellRef("Data", 12, 14, "june-2023.xlsx"), "[june-2023.xlsx]Data!N12"),
        (CellRef("Data – health", 2, 1, "june-2023.xlsx"), "'[june-2023.xlsx]Data – health'!A2"),
        (CellRef("Data", 2, 1, "Kate's.xlsx"), "'[Kate''s.xlsx]Data'!A2"),
    ],
)
def test_a_cell_of_another_workbook_prints_as_excel_names_it(cell: CellRef, text: str) -> None:
    assert str(cell) == text


# Restated figures


def test_an_unchanged_earlier_workbook_gives_no_finding(tmp_path: Path) -> None:
    assert since_june(tmp_path, {}).findings == load_workbook(tmp_path / "july-2023.xlsx").findings


@given(st.sampled_from([f"{column}{row}" for column in "DE" for row in FEEDS]), st.integers(1, 10**6))
@examples(25)
def test_one_changed_cell_restates_the_figures_it_feeds(
    tmp_path_factory: pytest.TempPathFactory, cell: str, number: int
) -> None:
    row = int(cell[1:])
    is_changed = DATA[row - 1]["ABCDEFG".index(cell[0])] != number
    found = example_month(tmp_path_factory.mktemp("month"), {EARLIER: {**JUNE, f"Data!{cell}": number}})

    code = "data.provisional-changed" if cell == "E5" else "data.restated"
    expected = [(code, f"Data!{cell}", name) for name in FEEDS[row]] if is_changed else []
    assert sorted((f.code, str(f.place), f.place.indicator) for f in found) == sorted(expected)


def test_a_restated_figure_is_told_with_both_cells(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E2": 603})

    assert messages(month, "data.restated") == [
        "rate Jun 23: 61.5 (603) → 62.2 (610); [june-2023.xlsx]Data!E2 held 603, Data!E2 holds 610",
        "far Jun 23: 13.8% (83/603) → 13.6% (83/610); [june-2023.xlsx]Data!E2 held 603, Data!E2 holds 610",
    ]


def test_the_report_and_its_figures_say_what_was_revised(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E2": 603})

    assert texts(month, "rate")["Jun 23"] == "62.2 (610) (revised)"
    assert texts(month, "rate")["Jul 23"] == "61.6 (604)"
    assert list(month.to_frame().query("indicator == 'far' and period == 'Jun 23'").text) == [
        "13.6% (83/610) (revised)"
    ]
    assert notes(month) == [
        "Children in care, Jun 23: revised; the June 2023 report gave 61.5 (603).",
        "Placed far away, Jun 23: revised; the June 2023 report gave 13.8% (83/603).",
    ]


@pytest.mark.parametrize(
    ("june", "july", "expected", "printed"),
    [
        ({"Data!E6": 1279}, {}, ["moves Jun 23: 1,279 → 1,280"], "1,280 (revised)"),
        ({"Data!E6": 1279}, {"Data!E6": None}, ["moves Jun 23: 1,279 → no data"], "no data"),
        ({"Data!E6": 1279}, {"Data!E6": "[c]"}, ["moves Jun 23: a figure → confidential"], "confidential"),
        (
            {"Data!E6": 1279},
            {"Data!E6": "1280 [p]"},
            ["moves Jun 23: 1,279 → 1,280 (provisional)"],
            "1,280 (provisional)",
        ),
        ({"Data!E6": "1280 [p]"}, {}, [], "1,280"),
        ({"Data!E6": None}, {}, [], "1,280"),
        ({"Data!E6": "[x]"}, {}, [], "1,280"),
        ({"Data!F6": 1279}, {}, [], "1,280"),
    ],
)
def test_what_counts_as_restated(june: Change, july: Change, expected: list[str], printed: str, tmp_path: Path) -> None:
    month = since_june(tmp_path, june, july)

    assert [message.split(";")[0] for message in messages(month, "data.restated")] == expected
    assert texts(month, "moves")["Jun 23"] == printed


def test_a_figure_that_prints_as_before_is_found_but_not_marked(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E5": 98.01})

    assert messages(month, "data.restated") == [
        "checks Jun 23: 98.0% → the same at its decimals; [june-2023.xlsx]Data!E5 held 98.01, Data!E5 holds 98"
    ]
    assert (texts(month, "checks")["Jun 23"], notes(month)) == ("98.0%", [])


def test_a_figure_that_is_withdrawn_is_not_printed_again(tmp_path: Path) -> None:
    month = since_june(tmp_path, {}, {"Data!E6": "[c]"})

    assert notes(month) == ["Moves, Jun 23: withdrawn since the June 2023 report."]


def test_a_mark_that_hides_a_reported_figure_counts(tmp_path: Path) -> None:
    change = {"Marks!A3": "moves", "Marks!B3": "Jun 23", "Marks!D3": "[u]", EARLIER: JUNE}
    found = [finding for finding in example_month(tmp_path, change) if finding.code == "data.restated"]

    assert [(str(f.place), f.message) for f in found] == [
        ("Data!E6", "moves Jun 23: 1,280 → unreliable; what marks it has changed")
    ]


_HEADERS = {"Marks!A1": "Indicator", "Marks!B1": "Period", "Marks!C1": "Figure", "Marks!D1": "Mark"}
MARKED = {**_HEADERS, "Marks!A2": "far", "Marks!B2": "Jun 23", "Marks!D2": "[c]"}


@pytest.mark.parametrize("hidden", [{"Data!E4": "[c]", "Data!D4": "[c]"}, MARKED])
def test_what_the_earlier_report_hid_is_a_warning_that_gives_no_number_of_it(tmp_path: Path, hidden: Change) -> None:
    month = since_june(tmp_path, hidden, {"Data!E4": 85})

    (message,) = messages(month, "data.no-longer-confidential")

    assert message.startswith("far Jun 23 was confidential in the earlier report")
    assert ("1 more figure" in message) == ("Data!D4" in hidden)
    assert all("83" not in finding.message for finding in month.findings)


@pytest.mark.parametrize("hidden", [{"Data!E4": "[c]"}, MARKED])
@pytest.mark.parametrize("july", [{}, {"Data!E4": None}])
def test_a_draft_prints_nothing_that_a_workbook_of_history_hides(tmp_path: Path, hidden: Change, july: Change) -> None:
    about = [["Key", "Value"], ["History", "june-2023.xlsx"]]
    write_workbook(tmp_path / "june-2023.xlsx", changed({"Data": DATA}, hidden))

    month = month_of(tmp_path, {"Data": changed({"Data": DATA}, july)["Data"], "About": about}, INDICATORS)

    assert texts(month, "far")["Jun 23"] == "confidential"


def test_what_is_hidden_still_is_no_finding(tmp_path: Path) -> None:
    month = since_june(tmp_path, {**MARKED, "Data!E4": 81}, MARKED)

    assert messages(month, "data.no-longer-confidential") == []


def test_a_column_that_is_gone_is_one_note(tmp_path: Path) -> None:
    gone = {f"Data!D{row}": None for row in range(1, 11)}
    month = since_june(tmp_path, {}, gone)

    found = [finding for finding in month.findings if finding.code in ("data.restated", "data.column-gone")]
    assert [(finding.code, finding.severity.value) for finding in found] == [("data.column-gone", "note")]
    assert "no figures for May 23" in found[0].message


def test_quarters_that_had_ended_were_reported(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!G9": 7})

    assert [str(f.place) for f in month.findings if f.code == "data.restated"] == ["Data!G9"]


# What the first report printed


def year_of(folder: Path, *values: object) -> Month:
    """The month after several others, each workbook with all columns so far; `values` are of June, month by month."""
    names = ["april", "may", "june", "july", "august"][: 2 + len(values)]
    write_report(folder, MOVES, report=f"compare_with_earlier = true\n{MOVES_REPORT}")
    rows: list[object] = ["moves", "value"]
    for number, name in enumerate(names):
        rows.append(10 + number)
        if number >= 2:
            rows[4] = values[number - 2]
        heads: Rows = [["Indicator", "Figure", *(f"{each[:3].title()} 23" for each in names[: number + 1])], rows]
        about: Rows = [["Key", "Value"], ["Reporting period", f"{name.title()} 2023"]]
        path = write_workbook(folder / f"{name}-2023.xlsx", {"About": about, "Data": heads})
    return load_workbook(path)


MOVES = '[[indicators]]\nid = "moves"\ntitle = "Moves"\nmeasure = "number"\n'
MOVES_REPORT = REPORT.format(listed=["moves"])


def test_a_revised_figure_is_marked_as_long_as_it_is_shown(tmp_path: Path) -> None:
    month = year_of(tmp_path, 16, 19, 19)

    assert texts(month, "moves")["Jun 23"] == "19 (revised)"
    assert notes(month) == ["Moves, Jun 23: revised; the June 2023 report gave 16."]
    assert told(month.findings) == []


@given(st.lists(st.integers(10, 12), min_size=3, max_size=3))
@examples(12)
def test_revised_is_what_the_first_report_did_not_print(
    tmp_path_factory: pytest.TempPathFactory, values: list[int]
) -> None:
    month = year_of(tmp_path_factory.mktemp("year"), *values)
    first, before, now = values

    assert texts(month, "moves")["Jun 23"] == f"{now}{' (revised)' if now != first else ''}"
    assert [f.code for f in month.findings] == (["data.restated"] if now != before else [])


@pytest.mark.parametrize(
    ("values", "text", "found"),
    [
        (("82 [p]", 82), "82", ["data.provisional-changed"]),
        (("82 [p]", 84), "84", ["data.provisional-changed"]),
        (("82 [e]", 84), "84", ["data.provisional-changed"]),
        (("82 [p]", "84 [p]"), "84 (provisional)", ["data.provisional-changed"]),
        (("82 [p]", "82 [p]"), "82 (provisional)", []),
        (("82 [p]", None), "no data", ["data.column-gone", "data.missing-figure"]),
        (("82 [p]", 84, 85), "85 (revised)", ["data.restated"]),
        (("82 [p]", 84, 84), "84", []),
        ((None, 82, 82), "82", []),
    ],
)
def test_a_provisional_figure_made_final_is_a_note(
    values: tuple[object, ...], text: str, found: list[str], tmp_path: Path
) -> None:
    month = year_of(tmp_path, *values)

    assert texts(month, "moves")["Jun 23"] == text
    codes = {f.code: f.severity.value for f in month.findings if "plausib" not in f.code}
    assert sorted(codes) == sorted(found)
    assert codes.get("data.provisional-changed", "note") == "note"


def test_a_part_that_changed_without_the_print_stays_unmarked_in_later_reports(tmp_path: Path) -> None:
    rows = {"Data!E2": "610 [r]", "Data!E4": 1}
    write_report(tmp_path, INDICATORS.replace('shows = "fraction"', 'shows = "count"'))
    report = (tmp_path / "report.toml").read_text(encoding="utf-8")
    (tmp_path / "report.toml").write_text(f"compare_with_earlier = true\n{report}", encoding="utf-8")
    june = changed({"Data": DATA, "About": ABOUT}, {"Data!E2": 609, "Data!E4": 1, "Data!F1": None})
    write_workbook(tmp_path / "june-2023.xlsx", changed(june, {f"Data!F{row}": None for row in range(1, 11)}))
    write_workbook(tmp_path / "july-2023.xlsx", changed({"Data": DATA}, rows))
    about: Rows = [["Key", "Value"], ["Reporting period", "Aug 2023"]]
    august = {**rows, "Data!H1": "Aug 23", "Data!H2": 611, "Data!H3": 98050, "Data!H4": 2}
    month = load_workbook(
        write_workbook(tmp_path / "august-2023.xlsx", changed({"Data": DATA, "About": about}, august))
    )

    assert texts(month, "rate")["Jun 23"] == "62.2 (610) (revised)"
    assert texts(month, "far")["Jun 23"] == "0.2% (1)"


def test_an_earlier_workbook_that_cannot_be_read_is_left_out_with_a_warning(tmp_path: Path) -> None:
    year_of(tmp_path, 16, 19, 19)
    (tmp_path / "april-2023.xlsx").write_bytes(b"%PDF-1.7")
    write_workbook(tmp_path / "may-2023 final.xlsx", {"Data": DATA})
    month = load_workbook(tmp_path / "august-2023.xlsx")

    assert [f.code for f in month.findings] == ["file.earlier-skipped"]
    assert "april-2023.xlsx; may-2023 final.xlsx and may-2023.xlsx, so" in month.findings[0].message
    assert texts(month, "moves")["Jun 23"] == "19 (revised)"


def test_an_earlier_workbook_below_the_folder_counts_if_history_names_it(tmp_path: Path) -> None:
    write_report(tmp_path, MOVES, report=f"compare_with_earlier = true\n{MOVES_REPORT}")
    june: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], ["moves", "value", 1, 16]]
    july: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["moves", "value", "19 [r]", 17]]
    write_workbook(tmp_path / "old" / "june-2023.xlsx", {"About": ABOUT, "Data": june})
    about: Rows = [["Key", "Value"], ["History", "old/june-2023.xlsx"], ["Reporting period", "Jul 2023"]]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"About": about, "Data": july}))

    assert notes(month) == ["Moves, Jun 23: revised; the June 2023 report gave 16."]


# Series that carry


def test_a_new_estimate_is_one_finding_with_its_effect(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!D3": 97000, "Data!E3": None}, {"Data!E3": None}, CARRIED)

    assert told(month.findings) == [("data.restated-series", "Data!D3")]
    assert month.findings[0].message == (
        "population: [june-2023.xlsx]Data!D3 held 97,000, Data!D3 holds 98,050; this changes 2 reported figures of "
        "1 indicator, e.g. rate Jun 23 from 62.9 (610) to 62.2 (610)"
    )
    assert notes(month) == [
        "Children in care: revised with Children aged 0-17; the June 2023 report gave 61.9 (600) for May 23 and "
        "62.9 (610) for Jun 23."
    ]


def test_an_estimate_filled_into_every_month_is_one_finding_too(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!D3": 97000, "Data!E3": 97000}, indicators=CARRIED)

    assert told(month.findings) == [("data.restated-series", "Data!D3")]
    assert "(and 1 more cell); this changes 2 reported figures" in month.findings[0].message


def test_an_estimate_from_a_later_period_on_restates_only_what_it_moves(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E3": None}, {"Data!E3": 99000}, CARRIED)

    assert told(month.findings) == [("data.restated-series", "Data!E3")]
    assert texts(month, "rate") == {
        "May 23": "61.2 (600)",
        "Jun 23": "61.6 (610) (revised)",
        "Jul 23": "61.6 (604)",
    } | {name: text for name, text in texts(month, "rate").items() if name not in ("May 23", "Jun 23", "Jul 23")}


def test_a_figure_with_a_changed_count_of_its_own_is_told_as_well(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E3": 97000, "Data!E2": 603}, indicators=CARRIED)

    assert told(month.findings) == [
        ("data.restated", "Data!E2"),
        ("data.restated", "Data!E2"),
        ("data.restated-series", "Data!E3"),
    ]


# Definitions and benchmarks


def codes(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in findings]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('measure = "number"', 'measure = "number"\ntarget = 60', "moves: target 60 → none"),
        ('measure = "number"', 'measure = "number"\npolarity = "low"', "moves: polarity low → none"),
        ('measure = "number"', 'measure = "number"\ndecimals = 2', "moves: decimals 2 → 0"),
        ('measure = "number"', 'measure = "number"\nrolling = 12', "moves: rolling 12 → 1"),
        (
            'title = "Convictions"',
            'title = "Convictions"\ntargets = [{ from = 2022-04-01, value = 2.5 }, { value = 2 }]',
            "crimes: target 2 and 2.5 from 01/04/2022 → none",
        ),
        (
            'denominator = "rate/numerator"',
            'denominator = "moves/value"',
            "far: denominator moves/value → rate/numerator; this changes 2 reported figures of 1 indicator, "
            "e.g. far Jun 23 from 6.5% (83/1,280) to 13.6% (83/610)",
        ),
        ('title = "Children aged 0-17"', 'title = "Children"\ncarry = true', "population: carry true → false"),
        ('id = "checks"', 'id = "check"', "check: it was there, and is no longer"),
    ],
)
def test_a_changed_definition_names_its_keys(old: str, new: str, message: str, tmp_path: Path) -> None:
    june: Change = {**JUNE, "indicators.toml": Replaced(old, new)}
    if '"check"' in new:
        june = {**june, "report.toml": Replaced('"checks"', '"check"'), "Data!A5": "check", "Marks!A2": "check"}
    found = example_month(tmp_path, {EARLIER: june})

    assert codes(found) == [("definition.changed", message)]


def test_a_change_reaches_the_indicators_that_refer_to_the_changed_one(tmp_path: Path) -> None:
    now = INDICATORS.replace('"rate/numerator"', '"rate/value"')
    since_june(tmp_path / "now", {}, indicators=now)
    write_report(tmp_path / "then", now.replace('measure = "rate"', 'measure = "rate"\nper = 1000'))
    then = write_workbook(tmp_path / "then" / "june-2023.xlsx", {"Data": DATA, "About": ABOUT})
    month = load_workbook(tmp_path / "now" / "july-2023.xlsx", against=then)

    assert messages(month, "data.restated") == []
    assert messages(month, "definition.changed") == [
        "rate: unit 'Per 1,000 (number)' → 'Per 10,000 (number)', per 1,000 → 10,000; this changes 2 reported figures "
        "of 1 indicator, e.g. rate Jun 23 from 6.2 (610) to 62.2 (610)",
        "far: an indicator it refers to has changed; this changes 2 reported figures of 1 indicator, "
        "e.g. far Jun 23 from 1,334.1% (83/6) to 133.4% (83/62)",
    ]
    assert notes(month)[0] == (
        "Children in care: revised with the indicator's definition; the June 2023 report gave 6.1 (600) for May 23 and "
        "6.2 (610) for Jun 23."
    )


@pytest.mark.parametrize(
    ("june", "expected"),
    [
        (
            {"Benchmarks!C2": 91.5},
            (
                "benchmark.changed",
                "rate SN: 91.5 → 92 for the same period; [june-2023.xlsx]Benchmarks!C2 held the earlier one",
            ),
        ),
        (
            {"Benchmarks!C2": 91.5, "Benchmarks!D2": "2019/20"},
            ("benchmark.updated", "rate SN: 91.5 (2019/20) → 92 (2020/21)"),
        ),
        (
            {"Benchmarks!E2": "provisional"},
            ("benchmark.updated", "rate SN: 92 (2020/21, provisional) → 92 (2020/21)"),
        ),
        (
            {"Benchmarks!A2": "moves"},
            ("benchmark.comparators-changed", "rate: benchmarks before: none; now: SN"),
        ),
    ],
)
def test_changed_benchmarks(june: Change, expected: tuple[str, str], tmp_path: Path) -> None:
    assert expected in codes(example_month(tmp_path, {EARLIER: {**JUNE, **june}}))


def test_a_new_comparator_is_one_finding(tmp_path: Path) -> None:
    heads = ["Indicator", "Benchmark", "Value"]
    then: Rows = [heads, ["rate", "SN", 92], ["far", "SN", 12], ["checks", "SN", 90]]
    now: Rows = [
        *then,
        ["rate", "England", 70],
        ["far", "England", 13],
        ["checks", "England", 91],
        ["moves", "SN", 1200],
    ]
    report = REPORT.format(listed=["rate", "far", "checks", "moves"])
    second = '\n[[comparators]]\nid = "England"\nheading = "England"\nname = "England average"\n'
    write_report(tmp_path, report=report + second)
    june = write_workbook(tmp_path / "june-2023.xlsx", {"Data": DATA, "About": ABOUT, "Benchmarks": then})
    july = write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA, "Benchmarks": now})

    assert messages(load_workbook(july, against=june), "benchmark.comparators-changed") == [
        "rate: benchmarks before: SN; now: SN, England (and 2 more indicators so)",
        "moves: benchmarks before: none; now: SN",
    ]


def test_changed_titles_are_one_note(tmp_path: Path) -> None:
    titles = INDICATORS.replace('"Moves"', '"School moves"').replace('"Health checks"', '"Checks"')
    write_report(tmp_path / "then", titles)
    then = write_workbook(tmp_path / "then" / "june-2023.xlsx", {"Data": DATA, "About": ABOUT})
    month = load_workbook(write_workbook(write_report(tmp_path) / "july-2023.xlsx", {"Data": DATA}), against=then)

    assert codes(list(month.findings)) == [
        ("definition.title-changed", "checks: the title was 'Checks' and is now 'Health checks' (and 1 more title)")
    ]


# The earlier workbook


def test_errors_of_the_earlier_workbook_are_said_and_nothing_is_compared(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E6": "many", "Data!E4": 5})

    assert [(f.code, f.place.file, str(f.place)) for f in month.findings if f.is_error] == [
        ("file.earlier-unusable", "june-2023.xlsx", ""),
        ("data.not-a-number", "june-2023.xlsx", "Data!E6"),
    ]
    assert "data.restated" not in [finding.code for finding in month.findings]


def test_warnings_and_narratives_of_the_earlier_workbook_do_not_matter(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E6": "1,280", "Narrative!A1": "Section", "Narrative!B1": "Nothing more"})

    assert month.findings == load_workbook(tmp_path / "july-2023.xlsx").findings


def test_a_file_that_is_no_workbook_cannot_be_compared_with(tmp_path: Path) -> None:
    since_june(tmp_path, {})
    (tmp_path / "june-2023.xlsx").write_bytes(b"%PDF-1.7")
    month = load_workbook(tmp_path / "july-2023.xlsx", against=tmp_path / "june-2023.xlsx")

    assert [(f.code, f.place.file) for f in month.findings if f.is_error] == [
        ("file.earlier-unusable", "june-2023.xlsx"),
        ("file.not-a-workbook", "june-2023.xlsx"),
    ]


def test_an_earlier_workbook_of_the_same_name_is_told_apart(tmp_path: Path) -> None:
    write_report(tmp_path)
    write_report(tmp_path / "june")
    june = write_workbook(tmp_path / "june" / "cpb.xlsx", changed({"Data": DATA, "About": ABOUT}, {"Data!E6": 1}))
    month = load_workbook(write_workbook(tmp_path / "cpb.xlsx", {"Data": DATA}), against=june)

    assert f"[{june.as_posix()}]Data!E6 held 1," in messages(month, "data.restated")[0]


def test_report_toml_can_ask_for_the_newest_earlier_workbook(tmp_path: Path) -> None:
    for name, moves in (("may-2023.xlsx", 1277), ("june-2023.xlsx", 1278), ("august-2023.xlsx", 1)):
        write_workbook(tmp_path / name, changed({"Data": DATA, "About": ABOUT}, {"Data!D6": moves}))
    write_report(tmp_path)
    path = write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA})
    assert told(load_workbook(path).findings) == []

    report = tmp_path / "report.toml"
    report.write_text(f"compare_with_earlier = true\n{report.read_text(encoding='utf-8')}", encoding="utf-8")
    assert messages(load_workbook(path), "data.restated") == [
        "moves May 23: 1,278 → 1,279; [june-2023.xlsx]Data!D6 held 1,278, Data!D6 holds 1,279"
    ]


# History


HISTORY: Rows = [["Key", "Value"], ["History", "june-2023.xlsx"]]
JULY: Rows = [["Indicator", "Figure", "Jul 23"], ["moves", "value", 1281]]


def with_history(folder: Path, history: object, july: Rows = JULY, **others: Rows) -> Month:
    """A month whose About names other workbooks; each has only Data."""
    indicators = '[[indicators]]\nid = "moves"\ntitle = "Moves"\nmeasure = "number"\n'
    write_report(folder, indicators)
    for stem, rows in others.items():
        write_workbook(folder / f"{stem.replace('_', '-')}.xlsx", {"Data": rows, "Notes": [["not read"]]})
    about: Rows = [["Key", "Value"], ["History", history], ["Reporting period", "Jul 2023"]]
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"About": about, "Data": july}))


MAY: Rows = [["Indicator", "Figure", "Apr 23", "May 23"], ["moves", "value", 1278, 1279]]
THEN: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], ["moves", "value", 1279, 1280]]


@pytest.mark.parametrize("history", ["may-2023.xlsx; june-2023.xlsx", "may-2023.xlsx\n june-2023.xlsx;"])
def test_history_extends_the_series(tmp_path: Path, history: str) -> None:
    month = with_history(tmp_path, history, may_2023=MAY, june_2023=THEN)

    assert month.findings == ()
    assert [row.text for row in month.rows() if row.period in ("May 23", "Jun 23", "Jul 23")] == [
        "1,279",
        "1,280",
        "1,281",
    ]
    assert [str(cell) for cell in figure(month, "moves", "May 23").cells] == ["[june-2023.xlsx]Data!C2"]
    assert [str(cell) for cell in figure(month, "moves", "Apr 23").cells] == ["[may-2023.xlsx]Data!C2"]
    assert [row.record()["direction"] for row in month.rows() if row.period == "Jul 23"] == ["up"]


def test_a_history_in_a_folder_below_is_read_with_either_slash(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    write_workbook(tmp_path / "2023" / "june.xlsx", {"Data": THEN})
    for history in ("2023/june.xlsx", "2023\\june.xlsx"):
        month = with_history(tmp_path, history)
        assert [str(cell) for cell in figure(month, "moves", "Jun 23").cells] == ["[2023/june.xlsx]Data!D2"]


def test_own_figures_and_history_must_agree(tmp_path: Path) -> None:
    july: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["moves", "value", 1290, 1281]]
    month = with_history(tmp_path, "june-2023.xlsx", july, june_2023=THEN)

    assert [(f.code, f.place.file, str(f.place), f.message) for f in month.findings] == [
        (
            "data.history-disagrees",
            "july-2023.xlsx",
            "Data!C2",
            "moves Jun 23: the value is 1,290 here, but 1,280 in [june-2023.xlsx]Data!D2",
        )
    ]


@pytest.mark.parametrize(
    ("own", "text", "found"),
    [
        (1280, "1,280", []),
        (None, "1,280", []),
        ("1290 [r]", "1,290 (revised)", []),
        ("[x]", "not available", ["data.history-disagrees"]),
        ("1290 [p]", "1,290 (provisional)", ["data.history-disagrees"]),
        ("many", "[data error]", ["data.not-a-number"]),
    ],
)
def test_what_agrees_with_history(own: object, text: str, found: list[str], tmp_path: Path) -> None:
    july: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["moves", "value", own, 1281]]
    month = with_history(tmp_path, "june-2023.xlsx", july, june_2023=THEN)

    assert [finding.code for finding in month.findings] == found
    assert texts(month, "moves")["Jun 23"] == text


def test_what_history_has_as_provisional_may_be_another_figure_now(tmp_path: Path) -> None:
    june = changed({"Data": THEN}, {"Data!C2": "1270 [p]", "Data!D2": "1290 [p]"})["Data"]
    july: Rows = [["Indicator", "Figure", "May 23", "Jun 23", "Jul 23"], ["moves", "value", 1279, 1280, 1281]]
    month = with_history(tmp_path, "june-2023.xlsx", july, june_2023=june)

    assert [(f.code, f.severity.value, f.message) for f in month.findings] == [
        (
            "data.provisional-changed",
            "note",
            "moves May 23: 1,270 → 1,279; [june-2023.xlsx]Data!C2 held the earlier (and 1 more)",
        )
    ]
    assert texts(month, "moves")["Jun 23"] == "1,280"


def test_two_earlier_workbooks_must_agree_too_and_the_later_named_is_kept(tmp_path: Path) -> None:
    may: Rows = [["Indicator", "Figure", "May 23"], ["moves", "value", 1270]]
    month = with_history(tmp_path, "may-2023.xlsx; june-2023.xlsx", may_2023=may, june_2023=THEN)

    assert [(f.code, f.place.file, str(f.place)) for f in month.findings] == [
        ("data.history-disagrees", "june-2023.xlsx", "Data!C2")
    ]
    assert texts(month, "moves")["May 23"] == "1,279"


def test_a_percent_is_the_same_in_either_format(tmp_path: Path) -> None:
    change = {"About!A4": "History", "About!B4": "may-2023.xlsx"}
    may = {f"Data!{cell}5": Shown(value, "0.0%") for cell, value in (("D", 0.976), ("E", 0.98), ("F", 0.985))}
    assert example_month(tmp_path, {**change, "may-2023.xlsx": may}) == []


@pytest.mark.parametrize(
    "name",
    [
        "gone.xlsx",
        "../outside.xlsx",
        "/etc/hostname",
        "C:\\june.xlsx",
        "C:june.xlsx",
        "\\\\server\\share\\june.xlsx",
        "//server/share/june.xlsx",
        "july-2023.xlsx",
        "report.toml",
        ".",
        "june" * 100,
    ],
)
def test_a_history_that_cannot_be_read_is_an_error_at_its_cell(tmp_path: Path, name: str) -> None:
    write_workbook(tmp_path / "outside.xlsx", {"Data": THEN})
    month = with_history(tmp_path / "month", name)

    assert told(month.findings) == [("about.history", "About!B2")]
    assert repr(name) in month.findings[0].message


def test_a_name_that_no_file_can_have_is_an_error_as_well(tmp_path: Path) -> None:
    month = with_history(tmp_path, "june_x0000_.xlsx")

    assert ("about.history", "About!B2") in told(month.findings)


def test_a_link_that_leads_outside_is_not_followed(tmp_path: Path) -> None:
    outside = write_workbook(tmp_path / "outside.xlsx", {"Data": THEN})
    (tmp_path / "month").mkdir()
    try:
        (tmp_path / "month" / "june.xlsx").symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")

    assert told(with_history(tmp_path / "month", "june.xlsx").findings) == [("about.history", "About!B2")]


def test_findings_about_a_history_stand_in_its_file(tmp_path: Path) -> None:
    wrong: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], ["moves", "value", "many", -1]]
    month = with_history(tmp_path, "june-2023.xlsx", june_2023=wrong)

    assert [(f.code, f.place.file, str(f.place)) for f in month.findings] == [
        ("data.not-a-number", "june-2023.xlsx", "Data!C2"),
        ("data.negative-count", "june-2023.xlsx", "Data!D2"),
    ]


# Marks and lives


def test_a_confidential_figure_stays_so_through_history(tmp_path: Path) -> None:
    history = {"About!A4": "History", "About!B4": "may-2023.xlsx"}
    hidden = {"Marks!A3": "moves", "Marks!B3": "May 23", "Marks!D3": "[c]"}
    change = {**history, "Data!D6": None, "may-2023.xlsx": hidden}

    assert example_month(tmp_path, change) == []
    assert texts(load_workbook(tmp_path / "july-2023.xlsx"), "moves")["May 23"] == "confidential"


def test_a_figure_that_history_hides_and_this_month_shows_is_an_error(tmp_path: Path) -> None:
    hidden = {"Marks!A3": "moves", "Marks!B3": "May 23", "Marks!D3": "[c]"}
    found = example_month(tmp_path, {"About!A4": "History", "About!B4": "may-2023.xlsx", "may-2023.xlsx": hidden})

    assert told(found) == [("data.history-disagrees", "Data!D6")]
    assert "is a number here, but confidential in [may-2023.xlsx]Marks!D3" in found[0].message


@pytest.mark.parametrize("own", ["[c]", 1290])
def test_a_finding_about_history_gives_no_confidential_number(own: object, tmp_path: Path) -> None:
    june = changed({"Data": THEN}, {"Data!D2": 1280 if own == "[c]" else "[c]"})["Data"]
    july: Rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["moves", "value", own, 1281]]
    (finding,) = with_history(tmp_path, "june-2023.xlsx", july, june_2023=june).findings

    assert finding.code == "data.history-disagrees"
    assert "1,2" not in finding.message


def test_a_break_that_history_marks_is_one(tmp_path: Path) -> None:
    broken = {"Marks!A3": "moves", "Marks!B3": "Jun 23", "Marks!D3": "[b]"}
    write_example(tmp_path, {"About!A4": "History", "About!B4": "may-2023.xlsx", "may-2023.xlsx": broken})

    assert figure(load_workbook(tmp_path / "july-2023.xlsx"), "moves", "Jun 23").breaks


@pytest.mark.parametrize("life", ["from = 2023-07-01", "until = 2023-06-30"])
def test_figures_outside_a_life_are_not_called_withdrawn(life: str, tmp_path: Path) -> None:
    write_report(tmp_path / "then", INDICATORS)
    write_report(tmp_path, INDICATORS.replace('title = "Moves"', f'title = "Moves"\n{life}'))
    against = write_workbook(tmp_path / "then" / "june-2023.xlsx", {"Data": DATA, "About": ABOUT})
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA}), against=against)

    assert messages(month, "data.restated") == []
    assert notes(month) == []
    (changed_life,) = messages(month, "definition.changed")
    assert changed_life == f"moves: {life.split()[0]} none → {'01/07' if 'from' in life else '30/06'}/2023"


# What is marked as revised


def test_a_carried_revision_does_not_mark_the_periods_after_it(tmp_path: Path) -> None:
    rows = changed({"Data": DATA}, {"Data!D3": "98050 [r]", "Data!E3": None, "Data!F3": None})
    month = load_workbook(write_workbook(write_report(tmp_path, CARRIED) / "july-2023.xlsx", rows))

    assert [figure(month, "rate", period).status.value for period in ("May 23", "Jun 23", "Jul 23")] == [
        "revised",
        "",
        "",
    ]


def test_the_note_of_a_carried_entry_stands_at_its_own_period(tmp_path: Path) -> None:
    marks: Rows = [["Indicator", "Period", "Mark", "Note"], ["population", "May 23", "[e]", "an estimate"]]
    rows = changed({"Data": DATA, "Marks": marks}, {"Data!E3": None, "Data!F3": None})
    month = load_workbook(write_workbook(write_report(tmp_path, CARRIED) / "july-2023.xlsx", rows))

    assert [figure(month, "rate", period).note for period in ("May 23", "Jun 23")] == ["an estimate", ""]
    assert figure(month, "rate", "Jun 23").status.value == "estimated"


def test_a_figure_that_prints_as_before_is_not_called_revised_because_a_part_is(tmp_path: Path) -> None:
    counted = INDICATORS.replace('shows = "fraction"', 'shows = "count"')
    month = since_june(tmp_path, {"Data!E2": 609, "Data!E4": 1}, {"Data!E2": "610 [r]", "Data!E4": 1}, counted)

    assert texts(month, "rate")["Jun 23"] == "62.2 (610) (revised)"
    assert texts(month, "far")["Jun 23"] == "0.2% (1)"


def test_a_revised_series_that_is_marked_is_a_note(tmp_path: Path) -> None:
    month = since_june(tmp_path, {"Data!E3": 98000}, {"Data!E3": "98050 [r]"}, CARRIED)

    assert messages(month, "data.restated-series") == []
    (message,) = messages(month, "data.restated-as-marked")
    assert message.startswith("population Jun 23: 98,000 → 98,050; this changes 1 reported figure of 1 indicator")


def test_benchmarks_of_a_new_period_are_one_note(tmp_path: Path) -> None:
    def sheet(period: str) -> Rows:
        head = ["Indicator", "Benchmark", "Value", "Period"]
        return [head, ["rate", "SN", 92, period], ["far", "SN", 12, period], ["checks", "SN", 90, period]]

    write_report(tmp_path)
    then = write_workbook(tmp_path / "june-2023.xlsx", {"Data": DATA, "About": ABOUT, "Benchmarks": sheet("2020/21")})
    now = write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA, "Benchmarks": sheet("2021/22")})
    (message,) = messages(load_workbook(now, against=then), "benchmark.updated")

    assert message == "rate SN: 92 (2020/21) → 92 (2021/22), and 2 more so"


# Names that an indicator had


RENAMED = MOVES.replace('"moves"', '"moves-2"')
FORMERLY = RENAMED + 'formerly = ["moves", "Placement moves"]\n'
SINCE_JULY: Rows = [["Indicator", "Figure", "Jul 23"], ["moves-2", "value", 1281]]


def renamed_in_july(folder: Path, indicators: str, july: Rows = SINCE_JULY, **others: Rows) -> Month:
    """A month whose History has `moves`, and whose own rows are given."""
    write_report(folder, indicators)
    for stem, rows in (others or {"june_2023": THEN}).items():
        write_workbook(folder / f"{stem.replace('_', '-')}.xlsx", {"Data": rows})
    about: Rows = [["Key", "Value"], ["History", "june-2023.xlsx"], ["Reporting period", "Jul 2023"]]
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"About": about, "Data": july}))


@pytest.mark.parametrize("name", ["moves", "MOVES", "placement moves"])
def test_rows_of_a_former_name_are_the_indicators(name: str, tmp_path: Path) -> None:
    june: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], [name, "value", 1279, 1280]]
    month = renamed_in_july(tmp_path, FORMERLY, june_2023=june)

    assert month.findings == ()
    assert [texts(month, "moves-2")[label] for label in ("May 23", "Jun 23", "Jul 23")] == ["1,279", "1,280", "1,281"]


def test_without_formerly_one_warning_names_the_likely_heir(tmp_path: Path) -> None:
    month = renamed_in_july(tmp_path, RENAMED)

    assert told(month.findings) == [("data.history-renamed", "About!B2")]
    assert "'moves'" in month.findings[0].message
    assert "moves-2 has none before Jul 23" in month.findings[0].message
    assert 'formerly = ["moves"]' in month.findings[0].hint


@pytest.mark.parametrize("layout", ["wide", "long"])
@pytest.mark.parametrize(("there", "found"), [(1280, []), (None, []), (1290, ["data.former-disagrees"])])
def test_both_names_in_one_workbook_must_agree(there: object, found: list[str], layout: str, tmp_path: Path) -> None:
    rows: Rows = [
        ["Indicator", "Figure", "May 23", "Jun 23", "Jul 23"],
        ["moves", "value", 1279, there, None],
        ["moves-2", "value", None, 1280, 1281],
    ]
    if layout == "long":
        heads, *given_rows = rows
        cells = [(row[0], heads[at], row[at]) for row in given_rows for at in (2, 3, 4)]
        rows = [["Indicator", "Period", "Value"], *cells]
    month = data_of(tmp_path, rows, FORMERLY)

    assert [finding.code for finding in month.findings] == found
    if found:
        assert "is 1,290 here, under the former name moves, but 1,280 in Data!" in month.findings[0].message
    assert [texts(month, "moves-2")[label] for label in ("May 23", "Jun 23", "Jul 23")] == ["1,279", "1,280", "1,281"]


def test_benchmarks_and_marks_of_a_former_name_are_the_indicators(tmp_path: Path) -> None:
    change: Change = {
        "indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nformerly = ["house moves"]'),
        "Marks!A3": "House moves",
        "Marks!B3": "Jun 23",
        "Marks!D3": "[p]",
        "Benchmarks!A3": "house moves",
        "Benchmarks!B3": "SN",
        "Benchmarks!C3": 1200,
    }
    assert example_month(tmp_path, change) == []
    month = load_workbook(tmp_path / "july-2023.xlsx")
    assert texts(month, "moves")["Jun 23"] == "1,280 (provisional)"
    assert month.figures.timelines["moves"].benchmarks["SN"].value == 1200


def test_an_indicator_is_compared_under_its_former_name(tmp_path: Path) -> None:
    write_report(tmp_path / "then", MOVES)
    write_report(tmp_path, FORMERLY)
    june: Rows = [["Indicator", "Figure", "May 23", "Jun 23"], ["moves", "value", 1279, 1270]]
    against = write_workbook(tmp_path / "then" / "june-2023.xlsx", {"About": ABOUT, "Data": june})
    now: Rows = [["Indicator", "Figure", "May 23", "Jun 23", "Jul 23"], ["moves-2", "value", 1279, 1280, 1281]]
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": now}), against=against)

    assert [f.code for f in month.findings] == ["data.restated"]
    assert notes(month) == ["Moves, Jun 23: revised; the June 2023 report gave 1,270."]


@pytest.mark.parametrize("twice", ['["moves-2"]', '["other"]', '["moves", "Moves"]'])
def test_a_former_name_is_nobody_elses(twice: str, tmp_path: Path) -> None:
    other = '\n[[indicators]]\nid = "other"\ntitle = "Other"\nmeasure = "number"\n'
    write_report(tmp_path, f"{RENAMED}formerly = {twice}\n{other}")
    with pytest.raises(InputError) as refused:
        load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": SINCE_JULY}))
    assert [finding.code for finding in refused.value.findings] == ["definition.name-twice"]


# Names that History leaves out


def months_apart(folder: Path, history: str, *others: str) -> Month:
    """July, whose workbook has nothing but July; each of the others has its own month, and names those before it."""
    write_report(folder, MOVES, report=f"compare_with_earlier = true\n{MOVES_REPORT}")
    for number, name in enumerate(others):
        named = "; ".join(f"{each}-2023.xlsx" for each in others[:number])
        rows: Rows = [["Indicator", "Figure", f"{name[:3].title()} 23"], ["moves", "value", 10 + number]]
        about: Rows = [["Key", "Value"], ["Reporting period", f"{name.title()} 2023"], ["History", named]]
        write_workbook(folder / f"{name}-2023.xlsx", {"About": about, "Data": rows})
    about = [["Key", "Value"], ["Reporting period", "Jul 2023"], ["History", history]]
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"About": about, "Data": JULY}))


@pytest.mark.parametrize(
    ("history", "missing"),
    [
        ("april-2023.xlsx; june-2023.xlsx", "may-2023.xlsx, which june-2023.xlsx names;"),
        ("may-2023.xlsx; june-2023.xlsx", "april-2023.xlsx, which june-2023.xlsx names;"),
        ("june-2023.xlsx", "april-2023.xlsx, may-2023.xlsx, which june-2023.xlsx names;"),
        ("april-2023.xlsx; may-2023.xlsx", "june-2023.xlsx, which is beside it;"),
    ],
)
def test_a_workbook_that_history_leaves_out_is_one_finding(history: str, missing: str, tmp_path: Path) -> None:
    month = months_apart(tmp_path, history, "april", "may", "june")

    assert told(month.findings) == [("about.history-incomplete", "About!B3")]
    assert missing in month.findings[0].message


def test_a_history_that_names_all_has_no_finding(tmp_path: Path) -> None:
    month = months_apart(tmp_path, "april-2023.xlsx; may-2023.xlsx; june-2023.xlsx", "april", "may", "june")
    assert month.findings == ()


def test_workbooks_before_all_that_is_shown_may_be_left_out(tmp_path: Path) -> None:
    month = months_apart(tmp_path, "june-2023.xlsx", "june")
    old: Rows = [["Indicator", "Figure", "May 22"], ["moves", "value", 1]]
    about: Rows = [["Key", "Value"], ["Reporting period", "May 2022"]]
    write_workbook(tmp_path / "may-2022.xlsx", {"About": about, "Data": old})

    assert load_workbook(tmp_path / "july-2023.xlsx").findings == month.findings == ()
