"""Tables of other sheets: numbers, dates and times as their cells show them, or an error at the cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from cpreport.inputs.workbook.cells.as_shown import as_shown
from cpreport.inputs.workbook.cells.values import CellValue
from cpreport.model.document import Table, plain
from cpreport.pipeline import load_workbook

from .example_month import DATA, INDICATORS, NAME, Replaced, Rows, Shown
from .examples import examples
from .workbooks import month_of, told, write_example, write_report, write_workbook


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, '"£"#,##0.00', "£1,234.50"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (1234.5, "[$€-2] #,##0", "€ 1,235"),
        (1234.5, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "£1,234.50"),
        (-1234.5, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "-£1,234.50"),
        (0, '_-"£"* #,##0.00_-;-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-', "£-"),
        (65, "0.0", "65.0"),
        (65, '0.0"%"', "65.0%"),
        (0.65, "0.0%", "65.0%"),
        (0.125, "0%", "13%"),
        (2.675, "0.00", "2.68"),
        (1234567, "#,##0", "1,234,567"),
        (1234567, "0", "1234567"),
        (1234567, '#,##0,"k"', "1,235k"),
        (1234567, '0.0,,"m"', "1.2m"),
        (-12, "#,##0_);[Red](#,##0)", "(12)"),
        (12, "#,##0_);[Red](#,##0)", "12"),
        (-12, "0.0", "-12.0"),
        (-12, "+0;-0;0", "-12"),
        (-0.004, "0.00", "0.00"),
        (12, "+0;-0;0", "+12"),
        (0, "0;-0;;@", ""),
        (5, ";;;", ""),
        (0.5, "#.##", ".5"),
        (5, "0.0#", "5.0"),
        (7, "000", "007"),
        (3, '0" children"', "3 children"),
        (3, r"0\ \o\f\ \4", "3 of 4"),
        (3, "@", "3"),
        (3.5, 'General" days"', "3.5 days"),
        (0.1 + 0.2, "", "0.3"),
        (1 / 3, "", "0.333333333"),
        (12345678901, "", "12345678901"),
        ("Mentors\n(new)", "@", "Mentors\n(new)"),
        ("Mentors", '@" children"', "Mentors children"),
        ("Mentors", "0.00", "Mentors"),
        ("Mentors", "0;0;0;", ""),
        (date(2023, 10, 1), "dd/mm/yyyy", "1 October 2023"),
        (date(2023, 10, 1), "dd/mm/yyyy;@", "1 October 2023"),
        (date(2023, 10, 1), "[$-809]dd mmmm yyyy", "1 October 2023"),
        (date(2023, 10, 1), "[$-F800]dddd, mmmm dd, yyyy", "1 October 2023"),
        (date(2023, 10, 1), "[$-en-GB]dd mmmm yyyy;@", "1 October 2023"),
        (date(2023, 10, 1), "[$-x-sysdate]dddd, mmmm dd, yyyy", "1 October 2023"),
        (-12, "#,##0;[Red]-#,##0", "-12"),
        (date(2023, 10, 1), "ddd d mmm yy", "Sunday 1 October 2023"),
        (date(2023, 10, 1), "mmm-yy", "October 2023"),
        (date(2023, 10, 1), "d mmm", "1 October"),
        (date(2023, 10, 1), "yyyy", "2023"),
        (datetime(2023, 10, 1, 10, 30), "dd/mm/yyyy hh:mm", "1 October 2023 10:30"),
        (datetime(2023, 10, 1, 10, 30), "dd/mm/yyyy", "1 October 2023"),
        (datetime(2023, 10, 1, 14, 30), "d mmm yyyy h:mm AM/PM", "1 October 2023 2:30 PM"),
        (datetime(2023, 10, 1, 23, 59, 59, 999_000), "dd/mm/yyyy hh:mm", "2 October 2023 00:00"),
        (datetime(2023, 10, 1, 14, 30), "hh:mm", "14:30"),
        (date(2023, 10, 1), "dd/mm/yyyy hh:mm", "1 October 2023 00:00"),
        (time(10, 30), "h:mm", "10:30"),
        (time(0, 5), "h:mm AM/PM", "12:05 AM"),
        (time(9, 5, 7), "hh:mm:ss", "09:05:07"),
        (timedelta(hours=36), "[h]:mm", "36:00"),
        (timedelta(hours=36, minutes=5), '[h]" hours "mm', "36 hours 05"),
        (timedelta(minutes=90, seconds=5), "[mm]:ss", "90:05"),
        (timedelta(minutes=1), "[s]", "60"),
        (timedelta(hours=36), "hh:mm", "12:00"),
    ],
)
def test_a_value_is_shown_in_its_number_format(value: CellValue, code: str, shown: str) -> None:
    assert as_shown(value, code) == shown


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1234.5, "0.00E+00"),
        (0.5, "# ?/?"),
        (0.5, "[>1]0;0.0"),
        (0.5, "[DBNum1]0"),
        (5, "00-00"),
        (5, "0,000"),
        (5, "dd/mm/yyyy"),
        (5, "[unknown]"),
        (5, 'yyyy"-"0'),
        (5, "0;0;0;0;0"),
        (5, '"open'),
        (1e300, "0.00"),
        (1e300, ""),
        (5, f"0.{'0' * 40}"),
        (time(0, 0), "dd/mm/yyyy"),
        (date(1900, 1, 30), "dd/mm/yyyy"),
        (datetime(1900, 1, 1, 12), 'd "days" h "hours"'),
        (time(1, 2, 3), "mm:ss.0"),
        (timedelta(hours=-1), "[h]:mm"),
        (datetime(2023, 10, 1, 10, 30), "[h]:mm"),
        (date(2023, 10, 1), "0"),
        (date(2023, 10, 1), "e/m/d"),
        (datetime(9999, 12, 31, 23, 59, 59, 999_999), "dd/mm/yyyy"),
    ],
)
def test_what_is_not_sure_to_be_shown_so_is_not_shown(value: CellValue, code: str) -> None:
    assert as_shown(value, code) is None


@examples(200)
@given(st.decimals(-(10**9), 10**9, places=4), st.integers(0, 4), st.booleans(), st.sampled_from(["", '"£"', "[$€-2]"]))
def test_a_number_has_its_decimals_and_thousands(number: Decimal, places: int, grouped: bool, before: str) -> None:
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    sign, currency = "-" if number < 0 and rounded else "", {"": "", '"£"': "£", "[$€-2]": "€"}[before]
    code = before + ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")

    assert as_shown(float(number), code) == f"{sign}{currency}{rounded:{',' if grouped else ''}f}"


@examples(300)
@given(
    st.one_of(
        *(st.integers(-(10**9), 10**9), st.floats(), st.text(max_size=3), st.booleans()),
        *(st.dates(), st.datetimes(), st.times(), st.timedeltas(timedelta(-9), timedelta(99))),
    ),
    st.text(st.sampled_from('0#?.,%;@"\\[]_*-+/:$£ dmyhsAPME'), max_size=9),
)
def test_whatever_the_format_is_there_is_a_text_or_nothing(value: CellValue, code: str) -> None:
    assert as_shown(value, code) is None or isinstance(as_shown(value, code), str)


def test_a_sheet_is_printed_as_it_shows_and_an_unknown_format_is_an_error_at_the_cell(tmp_path: Path) -> None:
    raised = CellRichText("604", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    rows = [
        ["Action", "Cost", "Hours", "When", "Share", "Done"],
        ["Homes", Shown(1234.5, '"£"#,##0.00'), Shown(1.5, "[h]:mm"), Shown(45200.4375, "dd/mm/yyyy hh:mm"), 0.5, True],
        ["Odd", Shown(1234.5, "0.00E+00"), raised, Shown(date(2023, 10, 1), "mmm-yy"), Shown(0.5, "0.0%"), False],
    ]
    write_report(tmp_path, care='{{ sheet_table("Board actions") }}\n')
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": DATA, "Board actions": rows}))
    found = month.workbook.other_sheets["board actions"].rows

    assert found[1] == ("Homes", "£1,234.50", "36:00", "1 October 2023 10:30", "0.5", "yes")
    assert found[2] == ("Odd", "", "", "October 2023", "50.0%", "no")
    assert told(month.data_errors) == [
        ("sheet.number-format", "'Board actions'!B3"),
        ("data.note-beside", "'Board actions'!C3"),
    ]


def printed(folder: Path, rows: Rows, change: Callable[[Worksheet], None]) -> tuple[Table, list[tuple[str, str]]]:
    """The table of a sheet after a change of its look, and what is found about the sheet."""
    write_report(folder, care='{{ sheet_table("Costs") }}\n')
    path = write_workbook(folder / "july-2023.xlsx", {"Data": DATA, "Costs": rows})
    book = openpyxl.load_workbook(path)
    change(book["Costs"])
    book.save(path)
    month = load_workbook(path)
    (table,) = (block for block in month.report.sections[0].blocks if isinstance(block, Table))
    return table, [found for found in told(month.findings) if found[1].startswith("Costs")]


def cells_of(table: Table) -> list[list[str]]:
    return [[plain(cell.lines[0]) for cell in row.cells] for row in table.rows]


def aligns_of(table: Table) -> list[str]:
    """The first letters of the sides on which the cells of each row stand, those of the headings first."""
    return [
        "".join(cell.align.value[0] for cell in cells) for cells in (table.headings, *(r.cells for r in table.rows))
    ]


COSTS = [
    ["Area", "Cost", "Since", "Share"],
    ["North", Shown(-1234.5, "#,##0;[Red]-#,##0"), Shown(date(2023, 10, 1), "dd/mm/yyyy"), Shown(0.125, "0.0%")],
    ["South", None, None, Shown(-0.5, "0%;(0%)")],
    ["All", 7, "n/k", "none"],
]


def test_numbers_stand_on_the_right_and_texts_on_the_left_unless_the_sheet_says_otherwise(tmp_path: Path) -> None:
    def centred(sheet: Worksheet) -> None:
        for cell, side in (("A3", "center"), ("B4", "left"), ("D4", "right"), ("C4", "justify")):
            sheet[cell].alignment = Alignment(horizontal=side)

    table, _ = printed(tmp_path / "plain", COSTS, lambda _: None)
    assert cells_of(table) == [
        ["North", "-1,235", "1 October 2023", "12.5%"],
        ["South", "–", "–", "(50%)"],
        ["All", "7", "n/k", "none"],
    ]
    assert aligns_of(table) == ["lrlr", "lrlr", "lrlr", "lrll"]
    assert aligns_of(printed(tmp_path / "centred", COSTS, centred)[0]) == ["lrlr", "lrlr", "crlr", "lllr"]


def test_what_a_merged_cell_shows_stands_in_each_cell_it_covers_and_is_found(tmp_path: Path) -> None:
    rows = [["Area", "Team", "Cost"], ["North", "A", 5], [None, "B", 6], ["South", None, 7]]

    def merged(sheet: Worksheet) -> None:
        for area in ("A2:A3", "A4:B4", "F1:F9"):
            sheet.merge_cells(area)

    table, found = printed(tmp_path, rows, merged)
    assert cells_of(table) == [["North", "A", "5"], ["North", "B", "6"], ["South", "South", "7"]]
    assert found == [("sheet.merged", "Costs!A2"), ("sheet.merged", "Costs!A4")]


def test_hidden_rows_and_columns_are_not_printed(tmp_path: Path) -> None:
    def hidden(sheet: Worksheet) -> None:
        sheet.column_dimensions["B"].hidden = True
        sheet.row_dimensions[3].hidden = True

    table, found = printed(tmp_path, COSTS, hidden)
    assert [plain(cell.lines[0]) for cell in table.headings] == ["Area", "Since", "Share"]
    assert cells_of(table) == [["North", "1 October 2023", "12.5%"], ["All", "n/k", "none"]]
    assert found == []


def test_merged_areas_that_overlap_are_not_read_for_ever(tmp_path: Path) -> None:
    """A file may say so; Excel never does."""
    areas = [f"A1:D{1_048_576 - number}" for number in range(2_000)]
    table, found = printed(tmp_path, COSTS, lambda sheet: sheet.merged_cells.ranges.update(map(CellRange, areas)))

    assert len(table.rows) == 3
    assert len(found) <= 1


def test_a_sheet_that_is_not_printed_may_have_any_format(tmp_path: Path) -> None:
    sheets = {"Data": DATA, "Notes": [["x", Shown(1234.5, "0.00E+00")]]}

    assert "sheet.number-format" not in dict(told(month_of(tmp_path, sheets, INDICATORS).findings))


def test_a_draft_prints_nothing_of_a_breakdown_that_does_not_add_up(tmp_path: Path) -> None:
    text = Replaced("{% for", '{{ breakdown_table("placements") }}\n\n{% for')
    year_ago = [["placements", "Foster care", None, 59, "Jul 22"], ["placements", "Residential", None, 20, "Jul 22"]]
    cells = {f"{'ABCDE'[at]}{row}": value for row, each in enumerate(year_ago, 4) for at, value in enumerate(each)}
    sheet = {f"Breakdowns!{cell}": value for cell, value in cells.items()}
    write_example(tmp_path, {**sheet, "Breakdowns!D3": 99_999, "care.md": text})
    month = load_workbook(tmp_path / NAME)
    assert [error.code for error in month.errors] == ["breakdown.total-differs"]
    tables = (block for block in month.with_data_errors().sections[0].blocks if isinstance(block, Table))
    (table,) = [table for table in tables if table.caption == "Placements"]
    assert [[plain(cell.lines[0]) for cell in row.cells] for row in table.rows] == [
        ["Foster care", *["[data error]"] * 2, "59", "74.7%"],
        ["Residential", *["[data error]"] * 2, "20", "25.3%"],
        ["Total", *["[data error]"] * 2, "79", "100.0%"],
    ]
