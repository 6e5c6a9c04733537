"""`cpreport init --from`: a scorecard becomes a workbook that builds, with nothing lost and nothing made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from .example_month import Rows, Shown

Call = Callable[..., tuple[int, str, str]]

PLAIN: Rows = [
    ["Kirklees Council"],
    ["Ref", "Indicator", "Unit", "Good is", "Apr 23", "May 23", "Jun 23", "Target", "England 2021/22", "RAG"],
    [
        "1",
        "Visits in time",
        "%",
        "High",
        Shown(0.897, "0.0%"),
        Shown(0.91, "0.0%"),
        "n/a",
        Shown(0.95, "0%"),
        None,
        "A",
    ],
    ["2", "Children in care", "Number", None, 604, 610, 612, None, None, None],
    ["3", "Average caseload", "", "Low", 15.25, 16.1, 0.1 + 0.2, 15, 17.5, None],
]


def write(path: Path, rows: Rows, sheet: str = "KPI", others: Mapping[str, Rows] | None = None) -> Path:
    """A workbook with these sheets, numbers with all their digits."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in {sheet: rows, **(others or {})}.items():
        drawn = book.create_sheet(name)
        for number, values in enumerate(cells, 1):
            for column, value in enumerate(values, 1):
                cell: Any = drawn.cell(number, column)
                cell.value = value.value if isinstance(value, Shown) else value
                cell.number_format = value.format if isinstance(value, Shown) else cell.number_format
                if isinstance(cell.value, float):
                    cell.value, cell.data_type = repr(cell.value), "n"
    book.save(path)
    return path


class Drafted(NamedTuple):
    """A draft as a reader of Excel sees it: the rows of each sheet below its headers."""

    path: Path
    sheets: Mapping[str, list[dict[object, object]]]
    places: Mapping[str, Worksheet]

    def row(self, sheet: str, **wanted: object) -> dict[object, object]:
        [found] = [
            row
            for row in self.sheets[sheet]
            if all(row.get(key.replace("_", " ")) == value for key, value in wanted.items())
        ]
        return found

    def questions(self, kind: str) -> dict[str, str]:
        """What the sheet Questions says of a kind, by the source's cells without its name."""
        rows = (row for row in self.sheets["Questions"] if row["Assumed or open"] == kind)
        return {str(row["Source cell"]).rpartition("!")[2]: str(row["What"]) for row in rows}


def read(path: Path) -> Drafted:
    book = openpyxl.load_workbook(path)
    sheets = {}
    for sheet in book.worksheets:
        head, *rows = sheet.iter_rows(values_only=True)
        sheets[sheet.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return Drafted(path, sheets, {sheet.title: sheet for sheet in book.worksheets})


@pytest.fixture
def draft(call: Call, tmp_path: Path) -> Callable[..., Drafted]:
    """The draft from a scorecard with these rows, which must build."""

    def draft(rows: Rows, *options: str) -> Drafted:
        source = write(tmp_path / "scorecard.xlsx", rows)
        status, _, err = call("init", str(tmp_path / "new"), "--from", str(source), *options)
        assert status == 0, err
        [path] = (tmp_path / "new").iterdir()
        status, _, err = call("build", str(path))
        assert status == 0, err
        return read(path)

    return draft


def test_values_are_those_of_the_source_in_the_same_format(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    assert made.path.name == "june-2023.xlsx"
    visits, children, caseload = (made.row("Data", Indicator=name) for name in ("1", "2", "3"))
    assert [*visits.values()][3:] == [0.897, 0.91, "n/a"]
    assert [*children.values()][3:] == [604, 610, 612]
    assert [*caseload.values()][3:] == [15.25, 16.1, 0.1 + 0.2]
    assert made.places["Data"]["D2"].number_format == "0.0%"
    assert made.row("Benchmarks", Indicator="3") == {
        "Indicator": "3",
        "Benchmark": "England",
        "Value": 17.5,
        "Period": "2021/22",
        "Status": None,
    }


def test_an_indicator_is_what_columns_and_formats_say(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    visits, children, caseload = made.sheets["Indicators"]
    assert [visits[key] for key in ("Measure", "Decimals", "Good is", "Target")] == ["percentage", 1, "higher", 0.95]
    assert [children[key] for key in ("Measure", "Decimals", "Good is", "Target")] == ["number", 0, None, None]
    assert [caseload[key] for key in ("Measure", "Unit", "Good is", "Target")] == ["average", "Figure", "lower", 15]


def test_what_is_open_is_asked_at_its_cell_with_the_cell_to_answer_in(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    asked = [(row["Source cell"], row["Assumed or open"], row["Answer in"]) for row in made.sheets["Questions"]]
    assert ("[scorecard.xlsx]KPI!B4", "open", "Indicators!F3") in asked
    assert made.places["Indicators"]["F1"].value == "Good is"
    kinds = [kind for _, kind, _ in asked]
    assert kinds == sorted(kinds, key=["open", "assumed", "not taken"].index)
    assert made.questions("not taken") == {
        "J3": "1 Visits in time RAG: 'A' is not taken: the report computes the status from figure and target"
    }


KINDS: Mapping[str, st.SearchStrategy[object]] = {
    "counts": st.integers(0, 2000),
    "decimals": st.floats(0, 1e6, allow_nan=False),
    "percent": st.floats(0, 1.2).map(lambda number: Shown(number, "0.0%")),
    "money": st.floats(0, 1e5).map(lambda number: Shown(number, "£#,##0.00")),
    "small": st.sampled_from([0.1, 0.25, 0.9, 1]),
}
ODD = st.sampled_from(
    [
        None,
        None,
        "n/a",
        "tbc",
        "-",
        "*",
        "<5",
        "12",
        "1,234",
        "45.5%",
        "about 5",
        "604 [p]",
        date(2023, 4, 1),
        True,
        "#N/A",
        -3,
        0,
    ]
)
"""What stands among figures besides numbers of the row's own kind."""

LABELS: Mapping[str, st.SearchStrategy[object]] = {
    "Unit": st.sampled_from(["%", "Number", "Rate per 10,000", "Days", "£", None]),
    "Good is": st.sampled_from(["High", "low", "neither", "good to be high", "sometimes", None, 3]),
    "Target": st.one_of(st.sampled_from([None, "tbc", "95%", "90-95", -1]), st.floats(0, 200), st.integers(0, 100)),
    "England 2021/22": st.one_of(st.none(), st.floats(0, 200), st.sampled_from(["n/a", "c", 0.5])),
    "Statistical neighbours": st.one_of(st.none(), st.integers(0, 500)),
    "RAG": st.sampled_from(["R", "A", "G", None, 2]),
    "Comments": st.sampled_from(["Late", None, 2023, "See 4.1"]),
    "Unrelated": st.one_of(st.none(), st.integers(0, 99)),
}
HIGH_LOW = {"High": "higher", "low": "lower", "neither": "neither", "good to be high": "higher"}


class Made(NamedTuple):
    """A scorecard that was made up: its rows, the row and column (from 1) where its figures begin, and its months."""

    rows: Rows
    top: int
    left: int
    months: list[str]


@st.composite
def scorecards(pick: st.DrawFn) -> Made:
    first = pick(st.integers(0, 30))
    months = [
        f"{['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][n % 12]} {21 + n // 12}"
        for n in range(first, first + pick(st.integers(2, 5)))
    ]
    if pick(st.booleans()):
        months.reverse()
    labels = pick(st.lists(st.sampled_from([*LABELS]), unique=True, max_size=5))
    left = pick(st.integers(0, len(labels)))
    before, after = labels[:left], labels[left:]
    head: list[list[object]] = [
        *pick(st.sampled_from([[], [["Kirklees Council"]], [["Scorecard"], [None]]])),
        ["Indicator", *before, *months, *after],
    ]
    rows = [
        [
            pick(st.sampled_from([f"Measure {n}", f"% of {n}", f"Number of {n}", "Repeated"])),
            *(pick(LABELS[label]) for label in before),
            *(pick(st.one_of(kind, kind, kind, ODD)) for _ in months),
            *(pick(LABELS[label]) for label in after),
        ]
        for n in range(pick(st.integers(1, 4)))
        for kind in [KINDS[pick(st.sampled_from([*KINDS]))]]
    ]
    return Made([*head, *rows], len(head) + 1, left + 2, months)


AS_TEXT = {"12": 12, "1,234": 1234, "45.5%": 0.455, "95%": 0.95}
"""The texts among them that are numbers."""


def numbers(values: Iterable[object]) -> Counter[float]:
    read = (AS_TEXT.get(value, value) if isinstance(value, str) else value for value in values)
    return Counter(float(value) for value in read if isinstance(value, int | float) and not isinstance(value, bool))


@given(made=scorecards())
def test_every_number_is_in_the_draft_or_listed_and_no_other_is_in_it(
    call: Call, tmp_path_factory: pytest.TempPathFactory, made: Made
) -> None:
    folder = tmp_path_factory.mktemp("any")
    source = write(folder / "scorecard.xlsx", made.rows)
    before = source.read_bytes()
    status, _, err = call("init", str(folder / "new"), "--from", str(source))
    assert source.read_bytes() == before
    if status:
        assert (status, (folder / "new").exists()) == (1, False), err
        return
    [path] = (folder / "new").iterdir()
    draft = read(path)

    listed = draft.questions("not taken")
    sheet = openpyxl.load_workbook(source)["KPI"]
    cells = {cell.coordinate: cell.value for row in sheet.iter_rows(min_row=made.top) for cell in row}
    taken = [*(row[key] for row in draft.sheets["Data"] for key in row if key not in ("Indicator", "Figure", "Title"))]
    taken += [row["Value"] for row in draft.sheets["Benchmarks"]] + [
        row["Target"] for row in draft.sheets["Indicators"]
    ]
    assert numbers(taken) == numbers(value for cell, value in cells.items() if cell not in listed)
    assert all(cells[cell] is not None for cell in listed if cell in cells)
    for row, of in enumerate(draft.sheets["Indicators"], made.top):
        column = made.rows[made.top - 2].index("Good is") + 1 if "Good is" in made.rows[made.top - 2] else None
        assert of["Good is"] == (HIGH_LOW.get(sheet.cell(row, column).value) if column else None)
    status, _, err = call("build", str(path))
    assert status == 0, err
