"""A valid workbook, spoiled in one way at one place, has a finding at that very cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from .example_month import DATA, HISTORY, HISTORY_INDICATORS, INDICATORS, Formula, Shown
from .examples import examples
from .workbooks import changed, findings_of

COLUMNS = "ABCDEFGH"
BROKEN_DOWN = INDICATORS + '\n[[breakdowns]]\nid = "ages"\ntitle = "Ages"\nof = "rate/numerator"\n'
NUMBERS = {
    f"{COLUMNS[column]}{row}": value
    for row, cells in enumerate(DATA, 1)
    for column, value in enumerate(cells)
    if isinstance(value, (int, float))
}
COUNTS = [cell for cell in NUMBERS if cell[1:] in ("2", "4", "6", "9", "10")]
PERCENTAGES = [cell for cell in NUMBERS if cell[1:] == "5"]
NUMERATORS = {"4": "2", "9": "10"}
"""Rows of numerators of percentages, and of their denominators."""
DENOMINATORS = [cell for cell in NUMBERS if cell[1:] in ("3", "8", "10")]
NEWEST = [cell for cell in NUMBERS if cell[0] in "FG"]
ROWS = range(2, len(DATA) + 1)

Spoil = tuple[str, Mapping[str, object], str]
"""The cell, what stands in it and elsewhere instead, and the code that is to be found there."""

OTHER_VALUES: dict[str, Callable[[float], object]] = {
    "data.not-a-number": lambda number: f"{number}"[:-1] + "O",
    "data.number-as-text": lambda number: f"{number:,}",
    "data.excel-error": lambda _: "#DIV/0!",
    "data.formula-without-result": lambda number: Formula(f"{number}*1"),
}


@st.composite
def other_values(draw: st.DrawFn) -> Spoil:
    cell = draw(st.sampled_from(sorted(NUMBERS)))
    code = draw(st.sampled_from(sorted(OTHER_VALUES)))
    return cell, {cell: OTHER_VALUES[code](NUMBERS[cell])}, code


@st.composite
def other_types(draw: st.DrawFn) -> Spoil:
    cell = draw(st.sampled_from(sorted(NUMBERS)))
    return (
        cell,
        {cell: draw(st.sampled_from([True, date(2023, 7, 1), "about 5", "<1", "--", "5 / 6"]))},
        "data.not-a-number",
    )


@st.composite
def other_signs(draw: st.DrawFn) -> Spoil:
    cell = draw(st.sampled_from(sorted(NUMBERS)))
    return cell, {cell: -NUMBERS[cell]}, "data.negative-count"


@st.composite
def other_sizes(draw: st.DrawFn) -> Spoil:
    kind = draw(st.sampled_from(["above", "exceeds", "zero", "fraction"]))
    if kind == "above":
        cell = draw(st.sampled_from(PERCENTAGES))
        return cell, {cell: NUMBERS[cell] * 10}, "data.above-100-percent"
    if kind == "exceeds":
        cell = draw(st.sampled_from([cell for cell in COUNTS if cell[1:] in NUMERATORS]))
        more = NUMBERS[cell[0] + NUMERATORS[cell[1:]]] + draw(st.integers(1, 1000))
        return cell, {cell: more}, "data.numerator-exceeds-denominator"
    if kind == "zero":
        cell = draw(st.sampled_from(DENOMINATORS))
        return cell, {cell: 0}, "data.zero-denominator"
    cell = draw(st.sampled_from(COUNTS))
    return cell, {cell: NUMBERS[cell] + draw(st.sampled_from([0.5, 0.25, 0.001]))}, "data.fractional-count"


@st.composite
def other_formats(draw: st.DrawFn) -> Spoil:
    cell = draw(st.sampled_from(sorted(NUMBERS)))
    code = "data.mixed-percent" if cell in PERCENTAGES else "data.unexpected-percent"
    return cell, {cell: Shown(NUMBERS[cell] / 100, "0.0%")}, code


@st.composite
def blanks(draw: st.DrawFn) -> Spoil:
    cell = draw(st.sampled_from(NEWEST))
    return cell, {cell: None}, "data.missing-figure"


@st.composite
def names(draw: st.DrawFn) -> Spoil:
    row = draw(st.sampled_from(ROWS))
    name, figure = str(DATA[row - 1][0]), str(DATA[row - 1][1])
    at = draw(st.integers(0, 2))
    return draw(
        st.sampled_from(
            [
                (f"A{row}", {f"A{row}": None}, "data.indicator-blank"),
                (f"A{row}", {f"A{row}": 4.1}, "data.indicator-not-text"),
                (f"A{row}", {f"A{row}": name[:at] + "z" + name[at:]}, "data.unknown-indicator"),
                (f"B{row}", {f"B{row}": figure[:at] + figure[at + 1 :]}, "data.unknown-figure"),
                (f"B{row}", {f"B{row}": None}, "data.unknown-figure"),
            ]
        )
    )


@st.composite
def repeated_rows(draw: st.DrawFn) -> Spoil:
    row = draw(st.sampled_from(ROWS))
    last = len(DATA) + 1
    copy = {f"{column}{last}": value for column, value in zip(COLUMNS, DATA[row - 1], strict=False)}
    return f"A{last}", copy, "data.row-twice"


@st.composite
def headers(draw: st.DrawFn) -> Spoil:
    column = draw(st.sampled_from("DEFG"))
    other = draw(st.sampled_from([other for other in range(3, 7) if COLUMNS[other] != column]))
    cell, later = f"{column}1", f"{max(column, COLUMNS[other])}1"
    return draw(
        st.sampled_from(
            [
                (cell, {cell: "Jly 23"}, "data.header-not-a-period"),
                (cell, {cell: "Q1 22/24"}, "data.header-not-a-period"),
                (cell, {cell: Shown(date(2026, 7, 23), "d-mmm")}, "data.header-day"),
                (cell, {cell: "#REF!"}, "data.excel-error"),
                (later, {cell: DATA[0][other]}, "sheet.column-twice"),
                ("A1", {"B1": None}, "sheet.column-missing"),
            ]
        )
    )


ways = st.one_of(
    *(other_values(), other_types(), other_signs(), other_sizes()),
    *(other_formats(), blanks(), names(), repeated_rows(), headers()),
)


@examples(120)
@given(ways)
def test_there_is_a_finding_at_the_very_cell(spoil: Spoil) -> None:
    cell, cells, code = spoil
    sheets = changed({"Data": DATA}, {f"Data!{at}": value for at, value in cells.items()})

    with tempfile.TemporaryDirectory() as folder:
        assert (code, f"Data!{cell}") in findings_of(Path(folder), sheets)


COLUMNS_OF_HISTORY = "DEFGHIJKLMNOP"
NAMES_OF_HISTORY = {row: (str(cells[0]), str(cells[1])) for row, cells in enumerate(HISTORY[1:], 2)}
"""Rows 2 contacts, 3 and 4 placed (numerator, denominator), 5 dental in per cent, 6 and 7 waits."""
NOT_ALIKE = {2: "plausibility.swapped-cells", 5: "plausibility.swapped-cells", 6: "plausibility.swapped-parts"}
"""Rows whose numbers are unlike the next row's, with what their swap is.

Rows 3, 4 and 5 all hold numbers of 66 to 91: nobody can see that two of them were swapped, but where a numerator is
then above its denominator. Nor can a slip be told in small counts: ten for one, or three for thirty, comes by itself.
"""


def in_history(row: int, at: int) -> float:
    value = HISTORY[row - 1][COLUMNS.index("D") + at]
    assert isinstance(value, int | float)
    return value


@st.composite
def slips(draw: st.DrawFn) -> Spoil:
    row, at = draw(st.sampled_from(sorted(NAMES_OF_HISTORY))), draw(st.integers(0, len(COLUMNS_OF_HISTORY) - 1))
    cell, number = f"{COLUMNS_OF_HISTORY[at]}{row}", in_history(row, at)
    slipped = number * 10 if draw(st.booleans()) else number / 10 if row == 5 else number // 10
    return cell, {cell: slipped}, "plausibility.slipped-digit"


@st.composite
def swaps(draw: st.DrawFn) -> Spoil:
    row, at = draw(st.sampled_from(sorted(NOT_ALIKE))), draw(st.integers(0, len(COLUMNS_OF_HISTORY) - 1))
    first, second = (f"{COLUMNS_OF_HISTORY[at]}{number}" for number in (row, row + 1))
    code, swapped = NOT_ALIKE[row], {first: in_history(row + 1, at), second: in_history(row, at)}
    return (second if row != 6 and draw(st.booleans()) else first), swapped, code


@st.composite
def fractions(draw: st.DrawFn) -> Spoil:
    at = draw(st.integers(0, len(COLUMNS_OF_HISTORY) - 1))
    cell = f"{COLUMNS_OF_HISTORY[at]}5"
    return cell, {cell: round(in_history(5, at) / 100, 5)}, "data.per-cent-or-fraction"


@examples(120)
@given(st.one_of(slips(), swaps(), fractions()))
def test_implausible_numbers_among_others_are_found_at_the_very_cell(spoil: Spoil) -> None:
    cell, cells, code = spoil
    sheets = changed({"Data": HISTORY}, {f"Data!{at}": value for at, value in cells.items()})

    with tempfile.TemporaryDirectory() as folder:
        found = findings_of(Path(folder), sheets, HISTORY_INDICATORS)
    assert (code, f"Data!{cell}") in found
    implausible = {place for code, place in found if code.startswith("plausibility.")}
    assert implausible <= {f"Data!{at}" for at in cells}


SHEETS = {
    "About": [["Key", "Value"], ["Reporting period", "Jul 2023"], ["Board date", "14/09/2023"], ["Example", "no"]],
    "Data": DATA,
    "Data long": [["Indicator", "Period", "Numerator", "Value"], ["moves", "Apr 23", None, 5]],
    "Benchmarks": [["Indicator", "Benchmark", "Value", "Period", "Status"], ["rate", "SN", 92, "2020/21", "final"]],
    "Marks": [["Indicator", "Period", "Figure", "Mark", "Note"], ["checks", "Jun 23", None, "[p]", "early figure"]],
    "Narrative": [["Section", "Slot", "Text", "Period"], ["care", "good", "All is well.", None]],
    "Breakdowns": [["Breakdown", "Category", "Group", "Count", "Period"], ["ages", "0-9", None, 60, None]],
}
CELLS = [
    f"{sheet}!{column}{row}"
    for sheet, rows in SHEETS.items()
    for column in COLUMNS[: len(rows[0]) + 1]
    for row in range(1, len(rows) + 2)
]
odd = st.one_of(
    st.sampled_from(
        [None, "", " ", "[c]", "[b]", "N/A", "#REF!", "Jul 23", "Q1 23/24", "2023", "2022/23", "rate", "value"]
    ),
    st.sampled_from(
        ["moves", "numerator", "Indicator", "Period", "Value", "{{ x }}", "{% if", "<5 & R&D", "| a | b |"]
    ),
    st.sampled_from([0, -1, 1e14, 1e-12, 0.1 + 0.2, True, date(1900, 1, 1), date(2023, 7, 31), time(3), timedelta(9)]),
    st.sampled_from([Formula("1/0"), Shown(0.5, "0%"), Shown(45000, "d-mmm"), Shown("x", "0%")]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=9).filter(lambda text: text[:1] != "="),
)


@examples(60)
@given(st.dictionaries(st.sampled_from(CELLS), odd, min_size=1, max_size=6))
def test_odd_cells_give_findings_or_a_report_but_never_a_traceback(cells: dict[str, object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        findings_of(Path(folder), changed(SHEETS, cells), BROKEN_DOWN)


def test_the_workbook_is_valid_before_it_is_spoiled(tmp_path: Path) -> None:
    assert findings_of(tmp_path, {"Data": DATA}) == []
    assert findings_of(tmp_path / "history", {"Data": HISTORY}, HISTORY_INDICATORS) == []
