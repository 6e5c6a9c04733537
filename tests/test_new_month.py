"""The next month's workbook has a column more and the last month's texts and dates less; all else is as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.table import Table

from cpreport.forms.new_month.insertion import shifted
from cpreport.forms.new_month.texts import next_name, with_period
from cpreport.forms.new_month.workbook import NewMonth, make_new_month, write_new_month
from cpreport.inputs.month import read_workbook
from cpreport.model.errors import EnvironmentFailure, InputError, UsageError
from cpreport.model.figure import Amount, State
from cpreport.model.indicator import Part
from cpreport.model.period import Kind, Period, month
from cpreport.model.period_text import parse_period, period_or_none

from .example_month import FILES, SHEETS, Formula, Shown
from .marked import parts_of, replaced, save_parts, sheet_part, with_parts, write_month, write_rich
from .scorecards.card import Card
from .scorecards.cards import CARDS
from .test_scorecard_layout import read_with_definitions
from .workbooks import Sheets, told, write_report, write_workbook

pytestmark = pytest.mark.filterwarnings("ignore:Conditional Formatting extension")

EXAMPLES = Path(__file__).parents[1] / "examples"
JULY, AUGUST = month(2023, 7), month(2023, 8)
PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le")
SCENARIOS = '<scenarios current="0"/>'
Cells = dict[str, dict[str, object]]


def new_month(path: Path) -> NewMonth:
    """The next month's workbook, written beside a workbook."""
    new = make_new_month(path)
    write_new_month(new)
    return new


def with_sheets(folder: Path, cells: Mapping[str, object], name: str = "july-2023.xlsx") -> Path:
    return write_month(folder, cells, name)


def write_files(folder: Path) -> None:
    for file, text in FILES.items():
        (folder / file).write_text(text, encoding="utf-8")


def cells_of(path: Path) -> Cells:
    """The values of all cells that hold any, by their sheets and addresses."""
    cells = {sheet.title: sheet.iter_rows() for sheet in openpyxl.load_workbook(path).worksheets}
    held = {name: [cell for row in rows for cell in row if cell.value is not None] for name, rows in cells.items()}
    return {name: {cell.coordinate: cell.value for cell in found} for name, found in held.items()}


def differences(before: Path, after: Path) -> dict[str, tuple[object, object]]:
    """The cells that differ, with what they held and hold."""
    old, new = cells_of(before), cells_of(after)
    assert old.keys() == new.keys()
    return {
        f"{sheet}!{at}": (old[sheet].get(at), new[sheet].get(at))
        for sheet in old
        for at in sorted(old[sheet].keys() | new[sheet].keys())
        if old[sheet].get(at) != new[sheet].get(at)
    }


def amounts(path: Path) -> dict[tuple[str, Part, Period], Amount]:
    """What the figures of a workbook are read as."""
    return {(each.name, each.part, each.period): each.amount for each in read_workbook(path).workbook.entries}


# What is new, and that nothing else is


def test_a_month_that_ends_the_sheet_is_followed_by_the_next_one(tmp_path: Path) -> None:
    path = with_sheets(tmp_path, {"Data!G1": None, "Data!G9": None, "Data!G10": None})
    new = new_month(path)

    assert new.path == tmp_path / "august-2023.xlsx"
    assert differences(path, new.path) == {
        "About!B2": ("Jul 2023", "Aug 2023"),
        "About!B3": (openpyxl.load_workbook(path)["About"]["B3"].value, None),
        "Data!G1": (None, "Aug 23"),
        "Data – history!Q1": (None, "Aug 23"),
        "Narrative!C2": ("All is well.", None),
        "Breakdowns!E2": (None, "Jul 23"),
        "Breakdowns!E3": (None, "Jul 23"),
    }
    assert new.remarks == (
        "Data: column G is for Aug 23",
        "Data – history: column Q is for Aug 23",
        "About: Reporting period is Aug 23",
        "About: Board date is to be filled in",
        "Narrative: cells emptied: 1, they were of Jul 23",
        "Breakdowns: rows without a period: 2, now of Jul 23",
    )


def test_the_original_is_not_touched_and_parts_without_changes_keep_their_bytes(tmp_path: Path) -> None:
    path = write_rich(tmp_path, {})
    content, before = path.read_bytes(), parts_of(path)
    assert make_new_month(path).content == make_new_month(path).content
    after = parts_of(new_month(path).path)

    assert path.read_bytes() == content
    assert list(after) == list(before)
    changed_sheets = ("About", "Data", "Data – history", "Narrative", "Breakdowns")
    assert {name for name in before if before[name] != after[name]} == {
        *(sheet_part(before, name) for name in changed_sheets),
        "xl/drawings/drawing1.xml",
    }


def test_figures_of_the_example_are_read_as_before_and_the_new_month_is_blank(tmp_path: Path) -> None:
    path = shutil.copy(EXAMPLES / "july-2023.xlsx", tmp_path)
    new = new_month(Path(path))
    before, after = amounts(Path(path)), amounts(new.path)

    assert {key: amount for key, amount in after.items() if key[2] != AUGUST} == before
    assert {amount.state for key, amount in after.items() if key[2] == AUGUST} == {State.BLANK}
    assert {name for name, *_ in after} == {name for name, _, period in after if period == AUGUST}
    data = openpyxl.load_workbook(new.path)["Data"]
    assert [data.cell(1, column).value for column in (18, 19)] == [datetime(2023, 8, 1), "Spring Term 21/22"]
    assert [data["R2"].number_format, data["R1"].number_format] == [data["Q2"].number_format, data["Q1"].number_format]
    assert data.column_dimensions["R"].width == data.column_dimensions["Q"].width


@pytest.mark.parametrize("example", ["july-2023.xlsx", "q4-2016-17/q4-2016-17.xlsx"])
def test_nothing_but_missing_figures_and_texts_is_found_in_it(example: str, tmp_path: Path, call: Call) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    path = tmp_path / "examples" / example
    before = {*path.parent.glob("*.xlsx")}
    assert call("new-month", str(path), "--quiet") == (0, "", "")
    (written,) = {*path.parent.glob("*.xlsx")} - before

    _, out, _ = call("validate", str(written))
    assert {line.split()[1] for line in out.splitlines()} == {"narrative.slot-empty", "data.missing-figure"}


Call = Callable[..., tuple[int, str, str]]


def test_the_command_says_what_it_wrote_and_what_comes_next(tmp_path: Path, call: Call) -> None:
    path = with_sheets(tmp_path, {})
    new, (status, out, err) = tmp_path / "august-2023.xlsx", call("new-month", str(path))

    assert (status, out) == (0, "")
    assert err.splitlines()[0] == f"{new} written"
    assert err.splitlines()[-1] == f'next: fill in Aug 23, then run: cpreport validate "{new}"'


# Headers and names


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Jul-23", "Aug-23"),
        ("July 2023", "August 2023"),
        ("JUL 23", "AUG 23"),
        ("2023-07", "2023-08"),
        ("31/07/2023", "31/08/2023"),
        ("01/07/2023", "01/08/2023"),
        (Shown(date(2023, 7, 1), "mmm yy"), date(2023, 8, 1)),
        (Shown(date(2023, 7, 31), "mmm yy"), date(2023, 8, 31)),
    ],
)
def test_a_header_keeps_its_form(old: object, new: object, tmp_path: Path) -> None:
    cells = {"Data!F1": old, "Data!G1": None, "Data!G9": None, "Data!G10": None}
    path = new_month(with_sheets(tmp_path, cells)).path
    value = openpyxl.load_workbook(path)["Data"]["G1"].value
    assert (value if isinstance(value, str) else value.date()) == new  # type: ignore[union-attr]


def test_a_header_that_is_a_formula_is_followed_by_a_date(tmp_path: Path) -> None:
    months = {f"Data!{column}1": Shown(date(2023, n, 1), "mmm yy") for column, n in (("D", 5), ("E", 6), ("F", 7))}
    path = with_sheets(tmp_path, {**months, "Data!G1": None, "Data!G9": None, "Data!G10": None})
    name = sheet_part(parts_of(path), "Data")
    with_parts(path, lambda parts: replaced(parts, name, "<v>45108</v>", "<f>EDATE(E1,1)</f><v>45108</v>"))

    data = openpyxl.load_workbook(new_month(path).path)["Data"]
    assert (data["F1"].value, f"{data['G1'].value:%Y-%m-%d}") == ("=EDATE(E1,1)", "2023-08-01")


@given(
    kind=st.sampled_from(Kind),
    ordinal=st.integers(2001, 2098),
    part=st.integers(0, 11),
    form=st.sampled_from(["label", "slug", "long"]),
    case=st.sampled_from([str, str.upper, str.lower]),
)
def test_every_form_of_every_period_is_continued(
    kind: Kind, ordinal: int, part: int, form: str, case: Callable[[str], str]
) -> None:
    per_year = Period(kind, 0).per_year
    now = Period(kind, ordinal * per_year + part % per_year)
    text, new = case(getattr(now, form)), now.shift(1)
    if period_or_none(text) == now:
        assert with_period(text, now, new, period_or_none) == case(getattr(new, form)) or "MAY" in text.upper()
        assert period_or_none(str(with_period(text, now, new, period_or_none))) == new


@pytest.mark.parametrize(
    ("name", "period", "expected"),
    [
        ("july-2023.xlsx", "Jul 23", "august-2023.xlsx"),
        ("may-2023.xlsx", "May 23", "june-2023.xlsx"),
        ("December 2023.xlsm", "Dec 23", "January 2024.xlsm"),
        ("july-2023 v2.xlsx", "Jul 23", "august-2023.xlsx"),
        ("CPB July 2023 (1).xlsx", "Jul 23", "CPB August 2023.xlsx"),
        ("202307_cpb.xlsx", "Jul 23", "202308_cpb.xlsx"),
        ("q4-2022-23.xlsx", "Q4 22/23", "q1-2023-24.xlsx"),
        ("cpb.xlsx", "Jul 23", "cpb-2023-08.xlsx"),
        ("cpb.xlsx", "Summer Term 22/23", "cpb-2023-24-Autumn.xlsx"),
    ],
)
def test_the_next_workbook_is_named_as_this_one_is(name: str, period: str, expected: str) -> None:
    assert next_name(Path(name), parse_period(period)) == expected


def test_a_name_of_another_month_is_not_continued() -> None:
    with pytest.raises(UsageError, match=r"june-2023\.xlsx is named Jun 23, but its reporting period is Jul 23"):
        next_name(Path("june-2023.xlsx"), JULY)


# A column between others


def test_formulas_names_charts_and_comments_follow_the_cells_behind_a_new_column(tmp_path: Path) -> None:
    path = write_rich(tmp_path, {"Data!H2": Formula("G9/G10+D2", 1), "Sums!A2": Formula("Data!G9+$G$9+Data!F2", 610)})
    book = openpyxl.load_workbook(path)
    book["Data"]["G9"].comment = openpyxl.comments.Comment("Ask the court", "Ann")
    book["Data"].merge_cells("I12:J12")
    book.save(path)
    new = openpyxl.load_workbook(new_month(path).path)
    data = new["Data"]

    assert [data[at].value for at in ("F1", "G1", "H1", "H9")] == ["Jul 23", "Aug 23", "Q1 23/24", 6]
    assert (data["I2"].value, new["Sums"]["A2"].value) == ("=H9/H10+D2", "=Data!H9+$G$9+Data!F2")
    assert (data["H9"].comment.text, data["F6"].comment.text) == ("Ask the court", "Ask Jane\nabout it")
    assert [str(each) for each in data.merged_cells.ranges] == ["J12:K12"]
    assert data._charts[0].anchor._from.col == 10  # type: ignore[attr-defined]
    assert sorted(str(each.sqref) for each in data.conditional_formatting) == ["D2:G4", "D5:G6"]


def test_a_shared_formula_is_read_as_before_in_every_cell(tmp_path: Path) -> None:
    path = with_sheets(tmp_path, {"Sums!A1": 1, "Sums!B1": 2})

    def share(parts: dict[str, bytes]) -> None:
        name = sheet_part(parts, "Sums")
        replaced(parts, name, "<v>1</v>", '<f t="shared" si="0" ref="A1:B1">Data!F2</f><v>604</v>')
        replaced(parts, name, "<v>2</v>", '<f t="shared" si="0"/><v>0</v>')

    with_parts(path, share)
    assert cells_of(new_month(path).path)["Sums"] == {"A1": "=Data!F2", "B1": "=Data!H2"}


def test_the_newest_month_may_stand_first(tmp_path: Path) -> None:
    turned = [[*row[:3], row[5], row[4], row[3]] for row in SHEETS["Data"]]
    write_files(tmp_path)
    sheets = {**SHEETS, "Data": turned, "Data – history": None}
    path = write_workbook(tmp_path / "july-2023.xlsx", {name: rows for name, rows in sheets.items() if rows})
    data = openpyxl.load_workbook(new_month(path).path)["Data"]

    assert [cell.value for cell in data[1]][3:] == ["Aug 23", "Jul 23", "Jun 23", "May 23"]
    assert [cell.value for cell in data[2]][3:] == [None, 604, 610, 600]


def test_an_excel_table_gets_the_column_too(tmp_path: Path) -> None:
    path = with_sheets(tmp_path, {})
    book = openpyxl.load_workbook(path)
    book["Data"].add_table(Table(displayName="Figures", ref="A1:G10"))
    book["Data – history"].add_table(Table(displayName="History", ref="A1:P7"))
    book.save(path)
    new = openpyxl.load_workbook(new_month(path).path)
    inside, behind = new["Data"].tables["Figures"], new["Data – history"].tables["History"]

    assert (inside.ref, inside.autoFilter.ref, behind.ref) == ("A1:H10", "A1:H10", "A1:Q7")
    assert [each.name for each in inside.tableColumns][-3:] == ["Jul 23", "Aug 23", "Q1 23/24"]
    assert [each.name for each in behind.tableColumns][-2:] == ["Jul 23", "Aug 23"]
    assert len({each.id for each in inside.tableColumns}) == 8


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM($C2:D$9)", "SUM($C2:E$9)"),
        ("SUM(D:F)/2", "SUM(E:G)/2"),
        ("'Data'!D1&Marks!D1", "'Data'!E1&Marks!D1"),
        ('"D4"&LOG10(D4)&D4D', '"D4"&LOG10(E4)&D4D'),
        ("[1]Data!D4+Plans[D4]+D4#", "[1]Data!D4+Plans[D4]+E4#"),
        ("DATA!D4:INDEX(D:D,3)", "DATA!E4:INDEX(E:E,3)"),
        ("SUM(4:5)+XFD1", "SUM(4:5)+XFD1"),
    ],
)
def test_only_references_to_the_sheet_follow(formula: str, expected: str) -> None:
    assert shifted(formula, "Data", "Data", 4) == expected


@given(
    order=st.permutations(["Apr 23", "May 23", "Jun 23", "Jul 23", "Q4 22/23", "Q1 23/24", "2022/23"]),
    amounts_of=st.lists(st.lists(st.integers(1, 999), min_size=7, max_size=7), min_size=3, max_size=3),
)
def test_whatever_the_order_of_the_columns_every_figure_stays(
    order: list[str], amounts_of: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("order")
    names = [("moves", "value"), ("rate", "numerator"), ("population", "value")]
    rows = [[*name, "Title", *numbers] for name, numbers in zip(names, amounts_of, strict=True)]
    sheets: Sheets = {"Data": [["Indicator", "Figure", "Title", *order], *rows]}
    write_report(folder)
    path = write_workbook(folder / "july-2023.xlsx", sheets)
    new = new_month(path)
    after = amounts(new.path)

    assert {key: amount for key, amount in after.items() if key[2] != AUGUST} == amounts(path)
    assert {amount.state for key, amount in after.items() if key[2] == AUGUST} == {State.BLANK}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_scorecard_keeps_every_figure_or_is_left_to_a_person(card: Card, tmp_path: Path) -> None:
    path = tmp_path / card.write(tmp_path).name
    try:
        now = read_with_definitions(tmp_path, card).workbook.period
        new = new_month(path)
    except (InputError, UsageError):
        assert card.name in BY_HAND
        assert [*tmp_path.iterdir()] == [path]
        return
    before, after = amounts(path), amounts(new.path)
    assert card.name not in BY_HAND
    assert {key: each for key, each in after.items() if key in before} == before
    assert {(key[2], each.state) for key, each in after.items() if key not in before} <= {(now.shift(1), State.BLANK)}


BY_HAND = {
    *("year-above-months", "years-only-first", "this-month", "no-year"),
    *("transposed", "number-and-percentage-columns", "several-tables"),
}
"""The scorecards in which a header does not say its year, or a period is more than one column."""


def test_formulas_beside_the_new_column_are_told_and_not_continued(tmp_path: Path) -> None:
    cells = {"Data!F6": Formula("E6+1", 1281), "Data!F2": Formula("E2-6", 604)}
    new = new_month(with_sheets(tmp_path, cells))
    assert "Data!F2: this formula and 1 more below it are not continued: fill the new column with them in Excel" in (
        new.remarks
    )
    assert cells_of(new.path)["Data"].get("G2") is None


# What was said of the last month alone


def test_texts_of_the_last_month_are_kept_where_there_is_a_column_for_its_name(tmp_path: Path) -> None:
    cells = {"Narrative!D1": "Period", "Narrative!D2": None, "Narrative!A3": "care", "Narrative!B3": "good"}
    path = with_sheets(tmp_path, {**cells, "Narrative!C3": "It was well.", "Narrative!D3": "Jun 23"})
    new = new_month(path)

    assert [cells_of(new.path)["Narrative"][at] for at in ("C2", "D2", "D3")] == ["All is well.", "Jul 23", "Jun 23"]
    assert not read_workbook(new.path).workbook.narratives


def test_counts_without_a_period_column_are_emptied(tmp_path: Path) -> None:
    path = new_month(with_sheets(tmp_path, {"Breakdowns!E1": None, "Status!A1": "Indicator"})).path
    assert cells_of(path)["Breakdowns"].keys() == {"A1", "B1", "C1", "D1", "A2", "B2", "A3", "B3"}


def test_counts_of_the_last_month_are_none_of_the_new_one(tmp_path: Path) -> None:
    path = new_month(with_sheets(tmp_path, {})).path
    assert {each.period for each in read_workbook(path).workbook.breakdowns} == {JULY}


def test_formulas_in_about_and_last_report_are_told(tmp_path: Path) -> None:
    cells = {"About!B3": Formula("TODAY()", 45200), "About!A4": "Last report", "About!B4": "Jun 23"}
    new = new_month(with_sheets(tmp_path, cells))
    assert "About!B3: Board date is a formula and is left as it is: look at its result" in new.remarks
    assert "About: Last report is still Jun 23" in new.remarks
    assert cells_of(new.path)["About"]["B3"] == "=TODAY()"


def test_sheets_that_need_no_column_are_told(tmp_path: Path) -> None:
    long = [["Indicator", "Period", "Value"], ["checks", "Jun 22", 98]]
    there = [["Indicator", "Figure", "Aug 23"], ["dental", "value", None]]
    old = [["Indicator", "Figure", "Q4 21/22"], ["dental", "value", 3]]
    write_files(tmp_path)
    sheets = {**SHEETS, "Data long": long, "Data there": there, "Data old": old}
    new = new_month(write_workbook(tmp_path / "july-2023.xlsx", sheets))
    assert new.remarks[2:5] == (
        "Data long has no columns of periods: add rows for Aug 23",
        "Data there has Aug 23 already",
        "Data old has no column for Jul 23, so none was added for Aug 23",
    )


# Refusals: nothing is written


def refusal(path: Path, error: type[Exception]) -> str:
    before = sorted(path.parent.iterdir())
    with pytest.raises(error) as refused:
        new_month(path)
    assert sorted(path.parent.iterdir()) == before
    return str(refused.value)


def test_a_workbook_that_is_there_is_left(tmp_path: Path, call: Call) -> None:
    path = with_sheets(tmp_path, {})
    (tmp_path / "august-2023.xlsx").write_bytes(b"somebody's")
    status, _, err = call("new-month", str(path))
    assert (status, "is there already and is left as it is" in err) == (3, True)
    assert (tmp_path / "august-2023.xlsx").read_bytes() == b"somebody's"


def test_signed_open_and_marked_workbooks_are_refused(tmp_path: Path, call: Call) -> None:
    path = with_sheets(tmp_path, {})
    lock = tmp_path / "~$july-2023.xlsx"
    lock.write_bytes(b"")
    assert "is open in another program" in refusal(path, EnvironmentFailure)
    lock.unlink()
    call("validate", str(path), "--annotate", str(tmp_path / "july-2023 CHECKED.xlsx"))
    assert "is a marked copy" in refusal(tmp_path / "july-2023 CHECKED.xlsx", UsageError)
    save_parts(path, {**parts_of(path), "_xmlsignatures/origin.sigs": b""})
    assert "is digitally signed" in refusal(path, UsageError)


@pytest.mark.parametrize("content", [b"", PROTECTED, b"%PDF"])
def test_files_that_are_no_workbook_are_refused(content: bytes, tmp_path: Path, call: Call) -> None:
    path = tmp_path / "july-2023.xlsx"
    path.write_bytes(content)
    assert call("new-month", str(path))[0] == 1
    refusal(path, InputError)


def test_a_sheet_with_what_cannot_be_moved_is_left_to_a_person(tmp_path: Path) -> None:
    path = with_sheets(tmp_path, {})
    data, end = sheet_part(parts_of(path), "Data"), "</sheetData>"
    with_parts(path, lambda parts: replaced(parts, data, end, f"{end}{SCENARIOS}"))
    expected = "Data: it has scenarios; in Excel, insert what Aug 23 needs there, and run this again"
    assert refusal(path, UsageError) == expected


def test_macros_are_kept(tmp_path: Path) -> None:
    path = write_rich(tmp_path, {}, "july-2023.xlsm")
    save_parts(path, {**parts_of(path), "xl/vbaProject.bin": b"\x00macros"})
    new = new_month(path)
    assert (new.path.name, parts_of(new.path)["xl/vbaProject.bin"]) == ("august-2023.xlsm", b"\x00macros")


def test_a_second_month_follows_the_first(tmp_path: Path) -> None:
    august = new_month(with_sheets(tmp_path, {})).path
    september = new_month(august).path
    assert september.name == "september-2023.xlsx"
    assert cells_of(september)["Data"]["H1"] == "Sep 23"
    assert told(read_workbook(september).findings) == told(read_workbook(august).findings)
