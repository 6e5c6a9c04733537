"""Causes come before what follows from them, and count it; many findings alike in one sheet are one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.following import COLUMN_LOST, FOLLOWING, LACKING, UNREAD, WRONG_PERIOD, Consequences
from cpreport.checks.order import MANY, flat, grouped_by_cause
from cpreport.model.finding import Finding, Place, Rule, Severity
from cpreport.model.rules import all_rules

from .example_month import EARLIER, NAME, Added, Change, Replaced
from .examples import examples
from .workbooks import example_month, write_example

REQUIRED = Replaced(
    'slots = [{ id = "good", title = "What went well" }, { id = "next", title = "What is next?" }]',
    'slots = [{ id = "good", title = "What went well", required = true }, '
    '{ id = "next", title = "What is next?", required = true }]',
)
NO_TEXTS: Change = {"report.toml": REQUIRED, "Narrative!": None}
NEWER: Change = {
    "Data!H1": "Aug 23",
    **dict(zip([f"Data!H{row}" for row in range(2, 9)], (605, 98050, 82, 98.4, 1282, 380, 606), strict=True)),
}
COPIED: Change = {
    **dict(zip([f"Data!F{row}" for row in range(2, 9)], (610, 98050, 83, 98, 1280, 378, 602), strict=True)),
    **dict(zip([f"Data – history!P{row}" for row in range(2, 8)], (604, 71, 88, 88.9, 2265, 42), strict=True)),
}
TEXT = "610 of 980 children were seen, and all was well in the end."

Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[..., tuple[int, str, str]]) -> Run:
    """Validates the example month after a change: exit status, lines printed, the summary."""
    monkeypatch.chdir(tmp_path)

    def run(change: Change, *options: str) -> tuple[int, list[str], str]:
        write_example(tmp_path, change)
        against = ("--against", EARLIER) if EARLIER in change else ()
        status, out, err = call("validate", NAME, *against, *options)
        return status, out.splitlines(), err.strip()

    return run


def codes(lines: list[str]) -> list[str]:
    return [line.split()[1] for line in lines]


def test_a_wrong_reporting_period_is_one_finding(run: Run) -> None:
    change: Change = {**NO_TEXTS, "About!B2": "Aug 2023"}
    status, lines, summary = run(change)

    assert (status, codes(lines)) == (1, ["about.period-not-in-data"])
    assert "its newest is Jul 23 (and 3 that follow). Add Aug 23 to Data" in lines[0]
    assert summary == "3 errors, 1 warning, 3 of them counted with others (list all with validate --all)"


def test_what_follows_is_listed_below_its_cause(run: Run) -> None:
    status, lines, summary = run({**NO_TEXTS, "About!B2": "Aug 2023"}, "--all")

    assert (status, codes(lines)[0], len(lines)) == (1, "about.period-not-in-data", 4)
    assert Counter(codes(lines))["narrative.slot-empty"] == 2
    assert summary == "3 errors, 1 warning"


def test_records_hold_what_follows(run: Run) -> None:
    change: Change = {**NO_TEXTS, "About!B2": "Aug 2023"}
    (cause,) = json.loads("\n".join(run(change, "--json")[1]))
    every = json.loads("\n".join(run(change, "--json", "--all")[1]))

    assert cause["code"] == "about.period-not-in-data"
    assert [one["consequences"] for one in cause["consequences"]] == [[]] * 3
    assert every == [cause, *cause["consequences"]]


def test_a_column_that_is_filled_for_a_later_period_says_that_the_period_is_wrong(run: Run) -> None:
    status, lines, summary = run({**NO_TEXTS, **NEWER})

    assert (status, codes(lines)) == (1, ["data.newer-figures"])
    assert "(and 2 that follow, 2 of them errors)" in lines[0]
    assert summary.startswith("2 errors, 1 warning, 2 of them counted")


def test_one_early_figure_does_not(run: Run) -> None:
    status, lines, summary = run({**NO_TEXTS, "Data!H1": "Aug 23", "Data!H6": 1282})

    assert (status, summary) == (1, "2 errors, 1 warning")
    assert codes(lines) == ["narrative.slot-empty", "narrative.slot-empty", "data.newer-figures"]


def test_a_copied_column_counts_what_does_not_fit_it(run: Run) -> None:
    status, lines, summary = run({**COPIED, "Narrative!C2": "604 children were in care in July."})

    assert (status, codes(lines)) == (1, ["plausibility.column-copied"])
    assert "(and 2 that follow, 1 of them an error). Check whether" in lines[0]
    assert summary.startswith("1 error, 2 warnings, 2 of them counted")


@pytest.mark.parametrize(
    ("change", "cause", "following"),
    [
        (
            {"Data!": None, "Data – history!": None, "Figures!A1": "Indicator"},
            "sheet.missing",
            "data.indicator-without-data",
        ),
        ({**NO_TEXTS, "Narratives!A1": "Section"}, "sheet.near-name", "narrative.slot-empty"),
        (
            {
                "Benchmarks!": None,
                "Benchmark!A1": "x",
                "Narrative!C2": "{{ indicator('rate').benchmark('SN') }} it is.",
            },
            "sheet.near-name",
            "template.no-figure",
        ),
        (
            {"Breakdowns!": None, "Breakdown!A1": "x", "Narrative!C2": "{{ breakdown_table('placements') }}"},
            "sheet.near-name",
            "template.failed",
        ),
        ({**NO_TEXTS, "Narrative!": "hidden", "Narrative!B1": "Slots"}, "sheet.column-missing", "narrative.slot-empty"),
        ({"About!A4": "History", "About!B4": "may.xlsx", "Data!E6": None}, "about.history", "data.missing-figure"),
        ({"Data!A6": "movess"}, "data.unknown-indicator", "data.indicator-without-data"),
        ({"Data!A8": "meen"}, "data.unknown-indicator", "data.row-missing"),
        ({"Data!F1": "Juli 23", "Data – history!": None}, "data.header-not-a-period", "about.period-not-in-data"),
        ({"Data!F1": "Jul 23¹", "Data – history!": None}, "data.note-beside", "about.period-not-in-data"),
        ({"Data!F1": "Jun 23", "Data – history!": None}, "sheet.column-twice", "about.period-not-in-data"),
        (
            {"Data!F1": datetime(2023, 7, 31, 23), "Data – history!": None},
            "data.time-of-day",
            "about.period-not-in-data",
        ),
        ({"Data!A6": "moves¹"}, "data.note-beside", "data.indicator-without-data"),
        *(
            (
                {"Data!F6": cell, "Narrative!C2": "There were {{ indicator('moves').now }} moves."},
                code,
                "template.no-figure",
            )
            for cell, code in (("1281¹", "data.note-beside"), ("0,633", "data.decimal-comma"))
        ),
        ({"report.toml": REQUIRED, "Narrative!A2": "cares"}, "narrative.unknown-section", "narrative.slot-empty"),
        (
            {"Data!F6": None, "Narrative!C2": "There were {{ indicator('moves').now }} moves."},
            "data.missing-figure",
            "template.no-figure",
        ),
    ],
)
def test_a_cause_is_listed_with_its_consequences(tmp_path: Path, change: Change, cause: str, following: str) -> None:
    roots = grouped_by_cause(example_month(tmp_path, change))
    (found,) = (root for root in roots if root.code == cause)

    assert following in [one.code for one in found.consequences]
    assert following not in [root.code for root in roots]


def test_a_workbook_of_another_report_is_one_finding(run: Run) -> None:
    other = {f"Data!A{row}": f"other-{row}" for row in range(2, 11)} | {"Data – history!": None}
    status, lines, summary = run({**NO_TEXTS, **other, "Benchmarks!A2": "other-2", "Marks!A2": "other-5"})

    assert (status, codes(lines)) == (1, ["file.other-report"])
    assert "9 of 9 rows are not of an indicator of 'Report', and most of its indicators have no row" in lines[0]
    assert "of them counted with others" in summary


def test_a_cell_that_moves_several_figures_is_one_finding(run: Run) -> None:
    june = {"About!B2": "Jun 2023", "Data!F2": None, "Data!E2": 601}
    rates = Replaced('shows = "count"\ndenominator = "population"', 'shows = "count"\ndenominator = "population"\n')
    _, lines, summary = run({"indicators.toml": rates, EARLIER: june})

    (line,) = (line for line in lines if "data.restated" in line)
    assert "rate Jun 23: 61.3 (601) → 62.2 (610)" in line
    assert "(and changes 1 more figure)" in line
    assert "1 of them counted" in summary


def test_a_copied_text_counts_its_old_numbers(run: Run) -> None:
    text = "610 children were in care, and 83 children were placed far away from home."
    june: Change = {"narrative/2023-06/care.md": f"# What is next?\n\n{text}\n"}
    _, lines, _ = run({**june, "narrative/2023-07/care.md": f"# What is next?\n\n{text}\n"})

    assert codes(lines) == ["narrative.copied"]
    assert "(and 2 that follow)" in lines[0]


def test_a_single_consequence_that_is_an_error_says_so(run: Run) -> None:
    (copied,) = run(COPIED)[1]
    assert "(and 1 that follows, an error). Check whether" in copied


def test_many_alike_in_a_sheet_are_one_with_their_first_cells(run: Run) -> None:
    texts = {f"Data!D{row}": str(600 + row) for row in range(2, 4 + MANY)}
    _, lines, summary = run(texts, "--only", "data.number-as-text")

    assert codes(lines) == ["data.number-as-text"]
    assert f"(and {MANY + 1} more like it: D3, D4, D5 …)" in lines[0]
    assert summary.startswith(f"{MANY + 2} warnings, {MANY + 1} of them counted")
    assert len(run(texts, "--only", "data.number-as-text", "--all")[1]) == MANY + 2

    few = {f"Data!D{row}": str(600 + row) for row in range(2, 2 + MANY)}
    assert len(run(few, "--only", "data.number-as-text")[1]) == MANY


def test_many_alike_without_a_cell_name_their_indicators(run: Run) -> None:
    history = {f"Data – history!A{row}": None for row in range(2, 8)}
    _, lines, _ = run({**history, "Data!A5": None, "Data!A6": None}, "--only", "data.indicator-without-data")

    assert len(lines) == 1
    assert "checks has no figure in the workbook (and 5 more like it: moves, contacts, placed …)" in lines[0]


def test_what_follows_from_an_ignored_finding_stands_alone(run: Run) -> None:
    ignore = Added('[[ignore]]\ncode = "plausibility.column-copied"\nreason = "So it is"\nuntil = 2024-01-31\n')

    assert codes(run({**COPIED, "report.toml": ignore})[1]) == ["breakdown.total-differs"]
    assert codes(run(COPIED, "--ignore", "plausibility")[1]) == ["breakdown.total-differs"]
    assert run(COPIED, "--only", "breakdown")[0] == 1
    assert run(COPIED, "--only", "plausibility")[0] == 0


def test_quiet_and_strict_see_the_errors_that_follow(run: Run) -> None:
    assert codes(run(COPIED, "--quiet")[1]) == ["plausibility.column-copied"]
    assert run({"Data!A6": "movess"})[0] == 0
    assert run({"Data!A6": "movess"}, "--strict")[0] == 1


def test_a_marked_copy_shows_what_follows_too(run: Run, tmp_path: Path) -> None:
    import openpyxl

    run(COPIED, "--annotate", "marked.xlsx")
    book = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert book["Breakdowns"]["D2"].comment and book["Data"]["F2"].comment


def test_every_code_that_follows_is_one_that_there_is() -> None:
    known = {rule.code for rule in all_rules()}
    assert FOLLOWING.keys() <= known
    every = [*UNREAD.values(), WRONG_PERIOD, COLUMN_LOST, Consequences(LACKING), *chain(*FOLLOWING.values())]
    assert {code for expected in every for code in expected.codes.split()} <= known


def _rule(code: str, severity: Severity) -> Rule:
    return Rule(code, "A title", "it is {what}", "Do.", severity)


RULES = [
    _rule("about.period-not-in-data", Severity.ERROR),
    _rule("data.row-missing", Severity.WARNING),
    _rule("data.missing-figure", Severity.ERROR),
    _rule("data.restated", Severity.WARNING),
    _rule("narrative.number-disagrees", Severity.NOTE),
    _rule("plausibility.column-copied", Severity.NOTE),
    _rule("breakdown.total-differs", Severity.ERROR),
]
PLACES = st.builds(
    Place,
    file=st.just("book.xlsx"),
    sheet=st.sampled_from(["", "Data"]),
    cell=st.sampled_from(["", "A1"]),
    indicator=st.sampled_from(["", "1"]),
    period=st.sampled_from(["", "Jul 23"]),
)
LOST = st.sampled_from([Place(), Place(), Place(period="Jul 23"), Place(cell="A1"), Place(indicator="1")])
FOUND = st.builds(
    lambda rule, place, n, lost: replace(rule.at(place, what=n), lost=lost),
    st.sampled_from(RULES),
    PLACES,
    st.integers(0, 20),
    LOST,
)


@examples(25)
@given(st.lists(FOUND, unique=True, max_size=15))
def test_nothing_is_lost_told_twice_or_hidden_by_a_note(found: list[Finding]) -> None:
    roots = grouped_by_cause(found)

    assert Counter(flat(roots)) == Counter(found)
    assert [root.gravest.value for root in roots] == sorted((root.gravest.value for root in roots), key=GRAVITY.index)
    for root in roots:
        is_alike = all(one.rule is root.rule for one in root.consequences)
        assert is_alike or root.severity is not Severity.NOTE or root.gravest is Severity.NOTE


GRAVITY = [severity.value for severity in Severity]


def test_a_cause_of_the_cause_comes_first() -> None:
    header, period, text = (
        replace(_rule("data.header-day", Severity.ERROR).at(Place(sheet="Data"), what=1), lost=Place(cell="N4")),
        _rule("about.period-not-in-data", Severity.ERROR).at(Place(sheet="About"), what=1),
        _rule("narrative.slot-empty", Severity.ERROR).at(Place(), what=1),
    )
    (root,) = grouped_by_cause([period, text, header])
    assert (root.code, [one.code for one in root.consequences]) == (header.code, [period.code, text.code])


def test_thousands_of_causes_take_no_time() -> None:
    rule = _rule("data.restated", Severity.WARNING)
    found = [rule.at(Place(file="book.xlsx", sheet="Data", cell=f"A{n // 2}"), what=n) for n in range(2, 5_002)]
    assert len(grouped_by_cause(found)) == 1
