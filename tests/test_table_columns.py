"""The columns that report.toml adds to tables of indicators: what they print is what the wording says of the figure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.compose.values import find_indicator
from cpreport.compose.wording import figure_text, judgement_text
from cpreport.model.document import EMPTY, Note, RowKind, Table, TableCell, plain
from cpreport.model.errors import InputError
from cpreport.model.period import Kind, Period
from cpreport.model.timeline import Timeline, Verdict
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import REPORT, write_report, write_workbook

MONTHS = [
    *("Jan 22", "Feb 22", "Mar 22", "Apr 22", "May 22", "Jun 22", "Jul 22", "Aug 22", "Sep 22", "Oct 22"),
    *("Nov 22", "Dec 22", "Jan 23", "Feb 23", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"),
]
QUARTERS = ["Q1 22/23", "Q2 22/23", "Q3 22/23", "Q4 22/23", "Q1 23/24"]
INDICATORS = toml(
    'offers percentage polarity = "high",shows = "fraction",target = 90,kind = "flow"',
    "plain number",
    'gap number polarity = "low"',
    "gone number",
    'hidden number polarity = "high",target = 5',
    'broken number polarity = "low"',
    "young number from = 2023-05-01",
    'quarterly number frequency = "quarter",polarity = "low"',
    'termly number frequency = "term"',
    'yearly number frequency = "year"',
)
TERMS = ["Summer Term 21/22", "Autumn Term 22/23", "Spring Term 22/23"]
YEARS = ["2020/21", "2021/22", "2022/23"]
NUMBERS = [*range(20, 20 + len(MONTHS))]


def rows_of(**changed: Sequence[object]) -> list[list[object]]:
    """A Data sheet of all the indicators; `changed` are other months of some."""
    blanks: list[object] = [None] * (len(QUARTERS) + len(TERMS) + len(YEARS))
    rows: dict[str, Sequence[object]] = dict.fromkeys(("plain", "gap", "gone", "hidden", "broken"), NUMBERS)
    rows["gap"] = [*NUMBERS[:-2], None, 38]
    rows["gone"] = [*NUMBERS[:-4], None, None, None, None]
    rows["hidden"] = [*NUMBERS[:-1], "[c]"]
    rows["young"] = [*[None] * (len(MONTHS) - 3), 4, 5, 6]
    rows |= changed
    return [
        ["Indicator", "Figure", *MONTHS, *QUARTERS, *TERMS, *YEARS],
        ["offers", "numerator", *NUMBERS, *blanks],
        ["offers", "denominator", *[each + 40 for each in NUMBERS], *blanks],
        *([name, "value", *numbers, *blanks] for name, numbers in rows.items()),
        ["quarterly", "value", *[None] * len(MONTHS), 7, 9, 8, 7, 6, *[None] * 6],
        ["termly", "value", *[None] * (len(MONTHS) + len(QUARTERS)), 3, 4, 6, *[None] * 3],
        ["yearly", "value", *[None] * (len(MONTHS) + len(QUARTERS) + len(TERMS)), 1, 2, 3],
    ]


def month_of(
    folder: Path, tables: str, names: Sequence[str], last: str = "", more: str = "", **sheets: object
) -> Month:
    """A month whose one section has a table of these indicators; `tables` are keys of [tables], `more` goes before."""
    text = REPORT.format(listed=list(names))
    text = more + text + "\n[tables]\n" + tables + "\n"
    report = write_report(folder, INDICATORS, report=text, care="{{ indicator_table(section.indicators) }}")
    about = [["Key", "Value"], ["Reporting period", "Jul 2023"], *([["Last report", last]] if last else [])]
    data = {"About": about, "Data": rows_of(), "Marks": BREAK, **sheets}
    return load_workbook(write_workbook(report / "july-2023.xlsx", data))  # type: ignore[arg-type]


BREAK = [["Indicator", "Period", "Figure", "Mark", "Note"], ["broken", "Apr 23", None, "[b]", "counted anew"]]


def tables_of(month: Month) -> list[Table]:
    return [block for block in month.report.sections[0].blocks if isinstance(block, Table)]


def headings(table: Table) -> list[str]:
    return [plain(cell.lines[0]) for cell in table.headings[2:]]


def text_of(cell: TableCell) -> str:
    return " ".join(map(plain, cell.lines))


def cells_of(month: Month, heading: str) -> dict[str, str]:
    """What a column prints of each indicator, by its title in lower case, in all tables that have it."""
    found = {}
    for table in tables_of(month):
        if heading in headings(table):
            at = headings(table).index(heading) + 2
            found |= {
                text_of(row.cells[0]).lower(): text_of(row.cells[at])
                for row in table.rows
                if row.kind is not RowKind.DIRECTION
            }
    return found


def timeline_of(month: Month, name: str) -> Timeline:
    return month.figures.timelines[name]


MONTHLY = ("offers", "plain", "gap", "gone", "hidden", "broken", "young")


def test_without_keys_a_table_has_the_columns_it_had(tmp_path: Path) -> None:
    (table,) = tables_of(month_of(tmp_path, "", ["plain", "gap"], last="May 23"))

    assert headings(table) == ["Jul 22, year ago", "May 23", "Jun 23", "Jul 23"]


@pytest.mark.parametrize("direction", ["cell", "row"])
def test_all_columns_stand_in_order_with_dashes_in_rows_of_directions(tmp_path: Path, direction: str) -> None:
    tables = "judgement = true\nmean = 12\nyear_end = true\nlast_report = true"
    (table,) = tables_of(month_of(tmp_path, tables, MONTHLY, "Apr 23", f'direction = "{direction}"\n'))

    assert headings(table) == [
        *("Jul 22, year ago", "Mar 23", "Apr 23, last report", "May 23", "Jun 23", "Jul 23"),
        *("12-month mean", "Target", "Status", "Judgement"),
    ]
    assert {len(row.cells) for row in table.rows} == {len(table.headings)} == {len(table.widths)}
    dashes = [row for row in table.rows if row.kind is RowKind.DIRECTION]
    assert len(dashes) == (len(MONTHLY) if direction == "row" else 0)
    added = [3, 4, *range(8, 12)]
    assert {text_of(row.cells[at]) for row in dashes for at in added} <= {EMPTY}
    assert all(plain(line) for row in table.rows for cell in row.cells for line in cell.lines), "no cell is empty"


@pytest.mark.parametrize("direction", ["cell", "row"])
def test_a_mean_prints_what_the_tag_prints_or_why_there_is_none(tmp_path: Path, direction: str) -> None:
    month = month_of(tmp_path, "mean = 12", MONTHLY, more=f'direction = "{direction}"\n')
    found = cells_of(month, "12-month mean")

    for name in ("offers", "plain"):
        assert found[name] == str(find_indicator(name, month.figures, month.folder).mean(12))
    assert found["offers"] == "44.7% (33)"
    assert found["gap"] == "no mean (Jun 23: no data)"
    assert found["gone"] == "no mean (4 of 12 missing)"
    assert found["hidden"] == "no mean (Jul 23: confidential)"
    assert found["broken"] == "no mean (break at Apr 23)"
    assert found["young"] == "no mean (9 of 12 missing)"


def test_a_mean_is_of_as_many_periods_as_have_the_months(tmp_path: Path) -> None:
    names = ["plain", "quarterly", "termly", "yearly"]

    def means(months: int) -> list[str]:
        tables = tables_of(month_of(tmp_path / str(months), f"mean = {months}", names))
        return [heading for table in tables for heading in headings(table) if heading.endswith("mean")]

    assert means(12) == ["12-month mean", "4-quarter mean", "3-term mean"]
    assert means(6) == ["6-month mean", "2-quarter mean"]
    assert means(5) == ["5-month mean"]
    month = month_of(tmp_path / "quarters", "mean = 12", ["quarterly"])
    mean = str(find_indicator("quarterly", month.figures, month.folder).mean(4))
    assert cells_of(month, "4-quarter mean")["quarterly"] == mean == "8"


@pytest.mark.parametrize("direction", ["cell", "row"])
def test_the_outturn_and_the_last_report_print_their_figures(tmp_path: Path, direction: str) -> None:
    month = month_of(tmp_path, "year_end = true\nlast_report = true", MONTHLY, "Apr 23", f'direction = "{direction}"\n')
    for heading, period in (("Mar 23", "Mar 23"), ("Apr 23, last report", "Apr 23")):
        found = cells_of(month, heading)
        for name in MONTHLY:
            timeline = timeline_of(month, name)
            when = next(each for each in timeline.figures if each.label == period)
            assert found[name] == figure_text(timeline.indicator, timeline.at(when))
    assert cells_of(month, "Mar 23")["young"] == "new"


def test_such_a_column_is_left_out_where_it_is_shown_or_there_is_none(tmp_path: Path) -> None:
    def shown(number: int, last: str, *names: str, keys: str = "year_end = true\nlast_report = true") -> list[str]:
        return headings(tables_of(month_of(tmp_path / str(number), keys, names, last))[0])

    assert shown(1, "Jun 23", "plain") == ["Jul 22, year ago", "Mar 23", "May 23", "Jun 23", "Jul 23"]
    assert shown(2, "", "plain") == ["Jul 22, year ago", "Mar 23", "May 23", "Jun 23", "Jul 23"]
    assert shown(3, "Mar 23", "plain")[1:3] == ["Mar 23, last report", "May 23"]
    assert shown(4, "Apr 23", "plain", keys="year_end = true")[1:3] == ["Mar 23", "May 23"]
    assert "Mar 23" not in shown(5, "", "young"), "it was not there yet"
    quarters = [period for period in shown(6, "Apr 23", "quarterly") if "last" in period or "Q4 21" in period]
    assert quarters == [], "Q4 22/23 is shown, and the last report was of a month"
    assert shown(7, "", "yearly") == ["2020/21", "2021/22", "2022/23"]


def test_an_outturn_of_quarters_is_that_of_quarter_4(tmp_path: Path) -> None:
    periods = "year_end = true\n[periods]\nquarter = [-4, 0]"

    assert cells_of(month_of(tmp_path, periods, ["quarterly"]), "Jan-Mar 22/23 Q4") == {"quarterly": "7"}


def test_a_judgement_is_printed_as_the_tag_prints_it_and_says_its_period(tmp_path: Path) -> None:
    month = month_of(tmp_path, "judgement = true", MONTHLY)
    found = cells_of(month, "Judgement")

    for name in MONTHLY:
        assert found[name] == judgement_text(timeline_of(month, name).judgement, month.folder)
    assert "Judgement" not in headings(tables_of(month_of(tmp_path / "plain", "", MONTHLY))[0])
    off = month_of(tmp_path / "off", "judgement = true\n[judgement]\non = false", MONTHLY)
    assert "Judgement" not in headings(tables_of(off)[0])


def test_a_judgement_of_an_earlier_figure_says_so(tmp_path: Path) -> None:
    late = toml("late number lag = 1", "plain number")
    report = write_report(
        tmp_path, late, report=REPORT.format(listed=["late", "plain"]) + "\n[tables]\njudgement = true\n"
    )
    (report / "care.md").write_text("{{ indicator_table(section.indicators) }}", encoding="utf-8")
    rows = [["Indicator", "Figure", "Jun 23", "Jul 23"], ["late", "value", 3, None], ["plain", "value", 3, 4]]
    month = load_workbook(write_workbook(report / "july-2023.xlsx", {"Data": rows}))

    assert cells_of(month, "Judgement") == {"late": "too few to say (Jun 23)", "plain": "too few to say"}


def test_a_judgement_may_have_a_word_of_the_reports_own(tmp_path: Path) -> None:
    words = "".join(f'{each.value.replace(" ", "-")} = "Our {at}"\n' for at, each in enumerate(Verdict))
    month = month_of(tmp_path, f"judgement = true\n[words]\n{words}", MONTHLY)

    for name, printed in cells_of(month, "Judgement").items():
        assert printed.startswith(f"Our {[*Verdict].index(timeline_of(month, name).judgement.verdict)}")


def test_notes_are_of_every_figure_that_is_printed(tmp_path: Path) -> None:
    marks = [*BREAK, ["plain", "Mar 23", None, "[p]", "an early count"], ["gap", "Apr 23", None, "[p]", "another one"]]

    def notes(number: int, keys: str) -> list[str]:
        month = month_of(tmp_path / str(number), keys, MONTHLY, "Apr 23", Marks=marks)
        return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Note)]

    assert not any("Mar 23" in note or "early" in note for note in notes(1, ""))
    assert "Plain, Mar 23: an early count" in notes(2, "year_end = true")
    assert "Gap, Apr 23: another one" in notes(3, "last_report = true")


def test_the_listing_has_the_figures_of_these_columns(tmp_path: Path) -> None:
    month = month_of(tmp_path, "year_end = true\nlast_report = true", ["plain"], "Apr 23")

    assert [row.period for row in month.rows()] == ["Jul 22", "Mar 23", "Apr 23", "May 23", "Jun 23", "Jul 23"]


@pytest.mark.parametrize("key", ["mean = 1", "mean = 601", "mean = true", 'judgement = "yes"', "means = 12"])
def test_keys_that_cannot_be_are_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(InputError, match="tables"):
        month_of(tmp_path, key, ["plain"])


@given(st.sampled_from(Kind), st.integers(2000, 6000))
def test_a_year_end_is_the_newest_before_a_period_after_which_a_year_begins(kind: Kind, number: int) -> None:
    period = Period(kind, number)
    ended = period.last_year_end
    begins = {Kind.MONTH: 4, Kind.QUARTER: 4, Kind.TERM: 9, Kind.YEAR: 4, Kind.CALENDAR_YEAR: 1}[kind]

    assert ended.shift(1).start.month == begins
    assert ended < period <= ended.shift(period.per_year)
