"""Tables of an indicator's history, whose cells print what the wording says of the published figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.history import history_tables
from cpreport.compose.report import compose_report
from cpreport.compose.values import find_indicator
from cpreport.compose.wording import figure_text
from cpreport.model.document import EMPTY, Note, RowKind, Table, TableCell, plain
from cpreport.model.folder import ReportFolder
from cpreport.model.number import rounded
from cpreport.model.period import month
from cpreport.model.period_text import parse_period
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import REPORT, computed, write_report, write_workbook

MONTHS = [
    *("Jul 22", "Aug 22", "Sep 22", "Oct 22", "Nov 22", "Dec 22", "Jan 23"),
    *("Feb 23", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"),
]
NUMBERS = [5, 7, 3, 9, 4, 4, 6, 8, 9, 3, 5, 6, 7]
INDICATORS = toml(
    'offers percentage shows = "fraction",reference = "4.1"',
    'plain number reference = "4.2"',
    "gap number",
    "hidden number",
    "broken number",
    'custody number cumulative = "financial-year"',
    "young number from = 2023-05-01",
    'termly number frequency = "term"',
)
ROWS: list[list[object]] = [
    ["Indicator", "Figure", *MONTHS, "Spring Term 22/23"],
    ["offers", "numerator", *NUMBERS],
    ["offers", "denominator", *[each + 10 for each in NUMBERS]],
    ["plain", "value", *NUMBERS],
    ["gap", "value", *NUMBERS[:-2], None, 7],
    ["hidden", "value", *NUMBERS[:3], "9 [c]", *NUMBERS[4:]],
    ["broken", "value", *NUMBERS],
    ["custody", "value", *NUMBERS],
    ["young", "value", *[None] * 10, 5, 6, 7],
    ["termly", "value", *[None] * 13, 3],
]
MARKS = [
    ["Indicator", "Period", "Figure", "Mark", "Note"],
    ["broken", "Apr 23", None, "[b]", "counted anew"],
    ["plain", "Aug 22", None, "[p]", "an early count"],
]
FOLDER = ReportFolder("Report", (), {}, {})
NAMES = ("offers", "plain", "gap", "hidden", "broken", "custody")


def month_of(
    folder: Path, names: Sequence[str], call: str = "history_table(section.indicators)", more: str = ""
) -> Month:
    write_report(folder, INDICATORS, report=REPORT.format(listed=list(names)) + more, care=f"{{{{ {call} }}}}")
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"Data": ROWS, "Marks": MARKS}))


def tables_of(month: Month) -> list[Table]:
    return [block for block in month.report.sections[0].blocks if isinstance(block, Table)]


def notes_of(month: Month) -> list[str]:
    return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]


def text_of(cell: TableCell) -> str:
    return " ".join(map(plain, cell.lines))


def rows_of(month: Month) -> dict[str, dict[str, str]]:
    """What a history prints, by indicator as its heading names it, and period."""
    found: dict[str, dict[str, str]] = {}
    for table in tables_of(month):
        _, *headings = map(text_of, table.headings)
        for row in table.rows:
            name, *cells = map(text_of, row.cells)
            for heading, text in zip(headings, cells, strict=True):
                found.setdefault(heading.lower(), {})[name] = text
    return found


def test_every_cell_prints_what_the_wording_says_of_the_published_figure(tmp_path: Path) -> None:
    found = month_of(tmp_path, NAMES)

    for name in NAMES:
        timeline = found.figures.timelines[name]
        texts = rows_of(found)[timeline.indicator.reference or name]
        assert list(texts) == [*MONTHS, "Lowest", "Highest", "Mean"]
        for label in MONTHS:
            assert texts[label] == figure_text(timeline.indicator, timeline.at(parse_period(label)))
    assert rows_of(found)["gap"]["Jun 23"] == "no data"
    assert rows_of(found)["hidden"]["Oct 22"] == "confidential"
    assert all(plain(line) for table in tables_of(found) for row in table.rows for c in row.cells for line in c.lines)


@pytest.mark.parametrize("name", ["offers", "plain"])
def test_summaries_are_those_of_the_tags(tmp_path: Path, name: str) -> None:
    found = month_of(tmp_path, NAMES)
    value = find_indicator(name, found.figures, found.folder)
    texts = rows_of(found)[value.reference]

    assert texts["Mean"] == str(value.mean(13))
    assert texts["Lowest"] == f"{value.low(13)} ({value.low(13).period})"
    assert texts["Highest"] == f"{value.peak(13)} ({value.peak(13).period})"
    assert rows_of(found)["4.2"]["Highest"] == "9 (Mar 23)", "the latest of equal ones"


def test_what_cannot_be_said_is_a_dash_with_a_note(tmp_path: Path) -> None:
    found = month_of(tmp_path, NAMES)
    last = {name: list(texts.values())[-3:] for name, texts in rows_of(found).items()}

    assert last["gap"] == ["3 (Apr 23)", "9 (Mar 23)", EMPTY]
    assert last["hidden"] == last["broken"] == [EMPTY] * 3
    assert notes_of(found) == [
        "4.2, Aug 22: an early count",
        "Gap: no mean (Jun 23: no data).",
        "Hidden: no lowest, highest or mean (Oct 22: confidential).",
        "Broken, Apr 23: counted anew",
        "Broken: no lowest, highest or mean (the series breaks at Apr 23).",
        "Custody: the figures of each month alone, not the year to date.",
    ]


def test_the_caption_says_what_and_from_when_until_when(tmp_path: Path) -> None:
    def captions(number: int, call: str) -> list[str]:
        return [table.caption for table in tables_of(month_of(tmp_path / str(number), NAMES, call))]

    assert captions(1, 'history_table("plain")') == ["4.2 Plain: history, July 2022 to July 2023"]
    assert captions(2, 'history_table("plain", 3)') == ["4.2 Plain: history, May 2023 to July 2023"]
    assert captions(3, 'history_table(["plain", "gap"], periods=2)') == ["Care: history, June 2023 to July 2023"]


def test_periods_before_everything_are_left_out(tmp_path: Path) -> None:
    rows = rows_of(month_of(tmp_path, ["young"]))["young"]
    beside = rows_of(month_of(tmp_path / "beside", ["young", "plain"], 'history_table(["young", "plain"])'))["young"]
    far = tables_of(month_of(tmp_path / "far", ["plain"], 'history_table("plain", 120)'))

    assert list(rows) == ["May 23", "Jun 23", "Jul 23", "Lowest", "Highest", "Mean"]
    assert rows["Mean"] == "6"
    assert beside["Jul 22"] == "new"
    assert beside["Mean"] == EMPTY
    assert len(far[0].rows) == 13 + 3


def test_a_council_may_change_the_notes_of_a_history(tmp_path: Path) -> None:
    own = "[sentences]\nno_summary = '{title}! {names}? {reason}'\nmissing_at = '{state} in {period}'\n"
    own += "breaks_at = 'new from {period}'\neach_alone = '{title}, each {period}'\n"
    notes = notes_of(month_of(tmp_path, ["hidden", "broken", "custody"], more=own))

    assert "Hidden! lowest, highest or mean? confidential in Oct 22" in notes
    assert "Broken! lowest, highest or mean? new from Apr 23" in notes
    assert "Custody, each month" in notes


def test_more_indicators_than_fit_are_several_tables() -> None:
    several = toml(*(f"n{number} number" for number in range(14)))
    figures = computed(several, {f"n{number} value": {"Jul 23": number} for number in range(14)})
    blocks = history_tables(list(figures.timelines.values()), 13, "Care", FOLDER)
    tables = [block for block in blocks if isinstance(block, Table)]

    assert [len(table.headings) - 1 for table in tables] == [6, 6, 2]
    assert [row.kind for row in tables[0].rows][-3:] == [RowKind.TOTAL] * 3


def test_long_words_need_more_room() -> None:
    words = ("accommodation", "unaccompanied", "neighbourhoods", "responsibilities", "representative", "correspondence")
    figures = computed(toml(*(f"{word} number" for word in words)), {f"{word} value": {"Jul 23": 1} for word in words})
    tables = [b for b in history_tables(list(figures.timelines.values()), 13, "Care", FOLDER) if isinstance(b, Table)]

    assert [len(table.headings) - 1 for table in tables] == [3, 3]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            'history_table(["plain", "termly"])',
            "history_table(…) needs indicators of one frequency: plain has a figure for each month, "
            "termly has a figure for each term",
        ),
        ('history_table("plain", 1)', "1 is not a number of periods from 2 to 120"),
        ('history_table("plain", "all")', "'all' is not a number of periods from 2 to 120"),
        ('history_table("plain", true)', "yes or no is not a number of periods from 2 to 120"),
        ('history_table("plane")', "'plane' is not an indicator; did you mean 'plain'?"),
        ("history_table([])", "history_table(…) needs a list of indicators, such as section.indicators"),
    ],
)
def test_a_call_that_cannot_be_is_a_mistake(tmp_path: Path, call: str, said: str) -> None:
    found = month_of(tmp_path, ["plain", "termly"], call)
    findings = compose_report(found.workbook, found.folder, found.figures).findings

    assert [finding.message for finding in findings if said in finding.message], findings


@given(st.lists(st.integers(0, 9999), min_size=2, max_size=30))
def test_the_summaries_are_of_the_rows_above_them(numbers: list[int]) -> None:
    periods = [month(2021, 4).shift(at) for at in range(len(numbers))]
    given = {period.label: number for period, number in zip(periods, numbers, strict=True)}
    figures = computed(toml("x number"), {"x value": given}, period=periods[-1].label)
    (table,) = history_tables([figures.timelines["x"]], len(numbers), "Care", FOLDER)
    assert isinstance(table, Table)
    texts = [text_of(row.cells[1]) for row in table.rows]
    lowest, highest, average = texts[-3:]

    assert texts[:-3] == [f"{number:,}" for number in numbers]
    assert lowest.split(" (")[0] == f"{min(numbers):,}"
    assert highest.split(" (")[0] == f"{max(numbers):,}"
    assert average == rounded(Fraction(sum(numbers), len(numbers)), 0)
