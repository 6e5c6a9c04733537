"""Scorecards: one row for each indicator, whose cells print what the wording says of the published figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from cpreport.compose.report import compose_report
from cpreport.compose.wording import (
    DIRECTIONS,
    GOOD,
    baseline_text,
    figure_text,
    judgement_text,
    target_text,
)
from cpreport.model.document import EMPTY, Note, Table, TableCell, plain
from cpreport.model.errors import InputError
from cpreport.model.figure import Direction
from cpreport.model.status import StatusWord
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .test_figures import toml
from .workbooks import write_report, write_workbook

SLOT = """
[[sections.slots]]
id = "comment"
each = "indicator"
title = "Comment"
required = true
required_when = ["off-target"]
owner = "Ann Lee"
"""
REPORT = """
title = "Report"
{more}
[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {listed}
{slot}
"""
INDICATORS = toml(
    'offers percentage polarity = "high",shows = "fraction",target = 90,reference = "KI 1"',
    'crimes number polarity = "low",baseline.period = "Nov 17",baseline.value = 656',
    'custody number polarity = "low",cumulative = "financial-year",cumulative_in = "table",target = 18,'
    'reference = "KI 220"',
    'agreed number target = "to be agreed"',
    'hidden number target = 5,polarity = "high"',
    'late number lag = 1,target = 3,polarity = "high"',
    "gap number direction = false",
    'quarterly number frequency = "quarter",polarity = "low",target = 9',
    "ended number until = 2023-05-31",
)
PERIODS = ["Jul 22", "Apr 23", "May 23", "Jun 23", "Jul 23", "Q4 22/23", "Q1 23/24"]
ROWS: list[list[object]] = [
    ["Indicator", "Figure", *PERIODS],
    ["offers", "numerator", 11, 8, 8, 8, 7, None, None],
    ["offers", "denominator", 12, 12, 12, 12, 12, None, None],
    ["crimes", "value", 400, 300, 310, 305, 250, None, None],
    ["custody", "value", 5, 4, 4, 3, 1, None, None],
    ["agreed", "value", 3, 3, 3, 3, 4, None, None],
    ["hidden", "value", 3, 3, 3, 3, "[c]", None, None],
    ["late", "value", 3, 3, 3, 4, None, None, None],
    ["gap", "value", 3, 3, 3, 4, None, None, None],
    ["quarterly", "value", None, None, None, None, None, 8, 7],
    ["ended", "value", 3, 3, 3, None, None, None, None],
]
NAMES = ("offers", "crimes", "custody", "agreed", "hidden", "late", "gap", "quarterly")
EVERY = ["reference", "title", "good_is", "target", "figure", "status", "direction", "judgement", "baseline", "comment"]


def month_of(
    folder: Path,
    columns: Sequence[str] = (),
    names: Sequence[str] = NAMES,
    more: str = "",
    slot: str = "",
    text: str = "{{ scorecard(section.indicators) }}",
    rows: Sequence[Sequence[object]] = ROWS,
    **sheets: object,
) -> Month:
    keys = f"{more}\n[scorecard]\ncolumns = {list(columns)}\n" if columns else more
    report = REPORT.format(more=keys, listed=list(names), slot=slot)
    write_report(folder, INDICATORS, report=report, care=text)
    about = [["Key", "Value"], ["Reporting period", "Jul 2023"]]
    data = {"About": about, "Data": rows, **sheets}
    return load_workbook(write_workbook(folder / "july-2023.xlsx", data))  # type: ignore[arg-type]


def table_of(month: Month) -> Table:
    (table,) = (block for block in month.report.sections[0].blocks if isinstance(block, Table))
    return table


def notes_of(month: Month) -> list[str]:
    return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]


def text_of(cell: TableCell) -> str:
    return " / ".join(map(plain, cell.lines))


def rows_of(month: Month) -> dict[str, dict[str, str]]:
    """What a scorecard prints, by title and heading."""
    table = table_of(month)
    headings = [text_of(cell) for cell in table.headings]
    rows = [dict(zip(headings, map(text_of, row.cells), strict=True)) for row in table.rows]
    return {row["Indicator"].lower(): row for row in rows}


def test_a_scorecard_has_one_row_for_each_indicator_with_its_newest_figure(tmp_path: Path) -> None:
    month = month_of(tmp_path, names=[*NAMES, "ended"])
    found = rows_of(month)

    assert tuple(found) == NAMES, "one that has ended is left out"
    assert list(found["offers"]) == ["Reference", "Indicator", "Good is", "Target", "Figure", "Status"]
    assert list(found["offers"].values()) == ["KI 1", "Offers", "higher", "90%", "58.3% / (7/12)", "✗ off target"]
    assert table_of(month).caption == "Care: scorecard, month end July 2023"
    assert {len(row.cells) for row in table_of(month).rows} == {6} == {len(table_of(month).widths)}


def test_every_cell_prints_what_the_wording_says_of_the_published_figure(tmp_path: Path) -> None:
    month = month_of(tmp_path, EVERY)
    for name, row in rows_of(month).items():
        timeline = month.figures.timelines[name]
        indicator, status, newest = timeline.indicator, timeline.status, timeline.newest
        another = f" / ({newest.period.label})" if newest.period.label != "Jul 23" else ""
        figure = figure_text(indicator, newest).replace(" (", " / (")
        assert row["Reference"] == (indicator.reference or indicator.title)
        assert row["Good is"] == GOOD.get(indicator.polarity, EMPTY)
        assert row["Target"] == (target_text(indicator, status) if status.target else EMPTY)
        assert row["Baseline"] == (baseline_text(indicator) if indicator.baseline else EMPTY)
        assert row["Status"].split(" / ")[0].endswith(status.word.value)
        if name != "custody":
            assert row["Figure"] == figure + another
            assert row["Judgement"] == judgement_text(timeline.judgement, month.folder) + another
            direction = timeline.directions.get(newest.period, Direction.NOT_COMPARED)
            assert row["Direction"] == (DIRECTIONS[direction] if indicator.direction else EMPTY)
    assert all(line for row in table_of(month).rows for cell in row.cells for line in cell.lines)
    assert [row.cells[5].status for row in table_of(month).rows][:1] == [StatusWord.OFF_TARGET]


def test_a_figure_of_another_period_says_so(tmp_path: Path) -> None:
    found = rows_of(month_of(tmp_path))

    assert found["late"]["Figure"] == "4 / (Jun 23)"
    assert found["late"]["Status"] == "✓ on target", "the figure has said it"
    assert found["quarterly"]["Figure"] == "7 / (Apr-Jun 23/24 Q1)"
    assert found["gap"]["Figure"] == "no data", "it is due"
    of_status = rows_of(month_of(tmp_path / "status", ["title", "status"]))
    assert of_status["late"]["Status"] == "✓ on target / (Jun 23)"
    quarters = month_of(tmp_path / "quarters", names=["quarterly"])
    assert rows_of(quarters)["quarterly"]["Figure"] == "7"
    assert table_of(quarters).caption == "Care: scorecard, Quarter 1, 2023/24 (April to June 2023)"


def test_a_cumulative_indicator_prints_the_year_to_date_with_a_star(tmp_path: Path) -> None:
    month = month_of(tmp_path, EVERY)
    row = rows_of(month)["custody"]

    assert row["Figure"] == "12*"
    assert row["Status"] == "not due / 12 of 18 so far; year ends Mar 24"
    assert row["Direction"] == row["Judgement"] == EMPTY
    assert "* cumulative, financial year to Jul 23" in notes_of(month)
    report = tmp_path / "indicators.toml"
    report.write_text(report.read_text(encoding="utf-8").replace(',cumulative_in = "table"', ""), encoding="utf-8")
    assert rows_of(load_workbook(tmp_path / "july-2023.xlsx"))["custody"] == row, "also one with a table of its own"


def test_a_confidential_figure_gives_nothing_away(tmp_path: Path) -> None:
    row = rows_of(month_of(tmp_path, EVERY))["hidden"]

    assert row["Figure"] == "confidential"
    assert row["Status"] == "no data"
    assert row["Direction"] == "not compared"
    assert row["Judgement"] == "cannot tell"


def test_what_an_officer_says_is_printed_with_a_note(tmp_path: Path) -> None:
    said = [["Indicator", "Status", "Reason"], ["offers", "on target", "All were offered in August."]]
    month = month_of(tmp_path, Status=said)

    assert rows_of(month)["offers"]["Status"] == "✓ on target"
    assert "KI 1: on target, as set by an officer. All were offered in August. Computed: off target." in notes_of(month)
    assert month.report.key, "the report says what the words mean"


def test_notes_on_the_figures_are_printed(tmp_path: Path) -> None:
    marks = [["Indicator", "Period", "Figure", "Mark", "Note"], ["crimes", "Jul 23", None, "[p]", "an early count"]]
    month = month_of(tmp_path, Marks=marks)

    assert rows_of(month)["crimes"]["Figure"] == "250 / (provisional)"
    assert "Crimes, Jul 23: an early count" in notes_of(month)


def test_rows_are_headed_by_titles_where_no_indicator_has_a_reference(tmp_path: Path) -> None:
    names = ["crimes", "agreed"]

    def headings(*columns: str) -> list[str]:
        folder = tmp_path / "-".join(columns or ["usual"])
        return [text_of(cell) for cell in table_of(month_of(folder, columns, names)).headings]

    assert headings() == ["Indicator", "Good is", "Target", "Figure", "Status"]
    assert headings("reference", "figure", "title") == ["Indicator", "Figure"]
    assert headings("reference", "figure") == ["Indicator", "Figure"]


def test_arrows_are_explained_and_judgements_may_be_switched_off(tmp_path: Path) -> None:
    def caption(number: int, *names: str) -> str:
        return table_of(month_of(tmp_path / str(number), ["title", "direction"], names)).caption

    assert caption(1, "crimes", "agreed").endswith("July 2023. Arrows: change on the month before")
    assert caption(2, "crimes", "quarterly").endswith("July 2023. Arrows: change on the period before")
    off = month_of(tmp_path / "off", ["title", "judgement", "figure"], more="[judgement]\non = false\n")
    assert [text_of(cell) for cell in table_of(off).headings] == ["Indicator", "Figure"]


def test_two_scorecards_have_two_captions(tmp_path: Path) -> None:
    text = '{{ scorecard("offers") }}\n\n{{ scorecard(["crimes", "agreed"]) }}\n'
    blocks = month_of(tmp_path, text=text).report.sections[0].blocks
    captions = [block.caption for block in blocks if isinstance(block, Table)]

    assert len(captions) == len(set(captions)) == 2


def test_a_comment_is_printed_or_awaited(tmp_path: Path) -> None:
    written = [["Section", "Slot", "Text"], ["care", "crimes", "Fewer, as {{ indicator('crimes').now }} shows."]]
    month = month_of(tmp_path, ["title", "comment"], slot=SLOT, Narrative=written)
    found = {name: row["Comment"] for name, row in rows_of(month).items()}

    assert found["crimes"] == "Fewer, as 250 shows."
    assert found["offers"] == "Comment awaited from Ann Lee"
    assert found["agreed"] == EMPTY
    assert "narrative.not-printed" not in {finding.code for finding in month.findings}


def test_a_comment_of_several_bullets_has_several_lines(tmp_path: Path) -> None:
    written = [["Section", "Slot", "Text"], *(["care", "offers", text] for text in ("We wrote.", "**All** came."))]
    month = month_of(tmp_path, ["title", "comment"], slot=SLOT, Narrative=written)

    assert rows_of(month)["offers"]["Comment"] == "We wrote. / All came."


def test_a_draft_prints_an_error_for_a_figure_that_is_wrong(tmp_path: Path) -> None:
    rows = [[*row[:6], 13, *row[7:]] if row[:2] == ["offers", "numerator"] else row for row in ROWS]
    month = month_of(tmp_path, EVERY, rows=rows)
    (table,) = (each for each in month.with_data_errors().sections[0].blocks if isinstance(each, Table))

    assert text_of(table.rows[0].cells[4]) == "[data error]"
    assert text_of(table.rows[0].cells[5]) == "no data"
    assert build_report(month, draft=True)


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ('["reference", "tilte"]', "columns names 'tilte', but no column has that name; did you mean 'title'?"),
        ('["title", "figure", "figure"]', "'figure' is used twice"),
        ('["figure", "title"]', "reference or title must be the first of columns"),
        ("[]", "at least 1"),
    ],
)
def test_columns_that_cannot_be_are_refused(tmp_path: Path, columns: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        month_of(tmp_path, more=f"[scorecard]\ncolumns = {columns}\n")

    assert any(said in finding.message for finding in error.value.findings), error.value


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("scorecard()", "scorecard(…) takes one value in its brackets"),
        ('scorecard("offer")', "'offer' is not an indicator"),
        ("scorecard([])", "scorecard(…) needs a list of indicators, such as section.indicators"),
    ],
)
def test_a_call_that_cannot_be_is_a_mistake(tmp_path: Path, call: str, said: str) -> None:
    month = month_of(tmp_path, text=f"{{{{ {call} }}}}")
    found = compose_report(month.workbook, month.folder, month.figures).findings

    assert any(said in finding.message for finding in found), found


def test_a_scorecard_of_what_has_ended_prints_nothing(tmp_path: Path) -> None:
    blocks = month_of(tmp_path, names=["ended"], text="# Care\n\n{{ scorecard('ended') }}").report.sections[0].blocks

    assert not any(isinstance(block, Table) for block in blocks)
