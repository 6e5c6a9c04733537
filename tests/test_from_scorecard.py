"""`cpreport init --from`: a scorecard becomes a workbook that builds, with nothing lost and nothing made up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from cpreport.inputs.workbook.scorecard.values import Label
from cpreport.model.document import Table, plain
from cpreport.model.period import Kind, Period, month, quarter
from cpreport.model.period_text import parse_period
from cpreport.office.foreign import OLE2
from cpreport.pipeline import load_workbook

from .example_month import Rows, Shown
from .example_scripts import EXAMPLES, assert_made_by_its_script
from .scorecards.card import HIGH, LOW, NEITHER, Card, cells_in
from .scorecards.cards import CARDS

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
    sheets: dict[str, list[dict[object, object]]] = {}
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


@pytest.mark.parametrize(
    ("heading", "name", "about"),
    [
        ("Stat Nbrs (2022)", "SN", "SN: Statistical neighbours"),
        ("Statistical Neighbour Average 2021/22", "SN", "SN: Statistical neighbours"),
        ("National average", "England", "England"),
        ("England prov. 2022", "England", "England"),
        ("Yorkshire & Humber 2022", "Yorkshire & Humber", "Yorkshire & Humber"),
        ("East of England 2022", "East of England", "East of England"),
    ],
)
def test_a_column_of_benchmarks_is_of_the_comparator_that_its_heading_names(
    draft: Callable[..., Drafted], heading: str, name: str, about: str
) -> None:
    made = draft([["Indicator", "Good is", "May 23", "Jun 23", heading], ["Number of visits", "high", 90, 91, 80]])

    assert [(row["Benchmark"], row["Value"]) for row in made.sheets["Benchmarks"]] == [(name, 80)]
    assert made.row("About", Key="Comparators")["Value"] == about
    assert made.questions("not taken") == {}


def test_an_indicator_is_what_columns_and_formats_say(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    visits, children, caseload = made.sheets["Indicators"]
    assert [visits[key] for key in ("Measure", "Decimals", "Good is", "Target")] == ["percentage", 1, "higher", 0.95]
    assert [children[key] for key in ("Measure", "Decimals", "Good is", "Target")] == ["number", 0, None, None]
    assert [caseload.get(key) for key in ("Measure", "Unit", "Good is", "Target")] == ["average", None, "lower", 15]


@pytest.mark.parametrize(
    ("title", "unit", "is_open"),
    [
        ("Average days from placement order to match", None, False),
        ("Mean SDQ score", None, False),
        ("Average number of placements", None, False),
        ("Average days", "days", False),
        ("Average % of visits", None, True),
        ("Days from placement order to match", None, True),
        ("Meaningful visits", None, True),
    ],
)
def test_a_title_that_begins_with_average_says_the_measure(
    draft: Callable[..., Drafted], title: str, unit: str | None, is_open: bool
) -> None:
    made = draft([["Indicator", "Unit", "Good is", "May 23", "Jun 23"], [title, unit, "low", 0.5, 0.75]])

    [row] = made.sheets["Indicators"]
    assert (row["Measure"], row.get("Unit")) == ("average", "Figure" if is_open else unit)
    asked = [what for what in made.questions("open").values() if "what is counted" in what]
    assert len(asked) == is_open
    assert all(what.endswith("then clear its Unit.") for what in asked)
    [data] = made.sheets["Data"]
    assert [*data.values()][3:] == [0.5, 0.75]


def test_figures_that_a_heading_calls_provisional_are_marked(draft: Callable[..., Drafted]) -> None:
    head = ["Indicator", "Unit", "Apr 23", "May 23 (prov.)"]
    made = draft([head, ["Visits", "Number", 604, 610], ["Moves", "Number", 7, "n/a"]])

    [marked] = made.sheets["Marks"]
    assert [marked[key] for key in ("Indicator", "Period", "Figure", "Mark")] == ["Visits", "May 23", "value", "[p]"]
    assert "May 23 (prov.): its figures are marked as provisional" in made.questions("assumed")["D1"]
    shown = {(row.indicator, row.period): row.text for row in load_workbook(made.path).rows()}
    assert shown["Visits", "May 23"] == "610 (provisional)"
    assert shown["Visits", "Apr 23"] == "604"


def test_what_is_open_is_asked_at_its_cell_with_the_cell_to_answer_in(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    asked = [(row["Source cell"], row["Assumed or open"], row["Answer in"]) for row in made.sheets["Questions"]]
    assert ("[scorecard.xlsx]KPI!B4", "open", "Indicators!F3") in asked
    assert made.places["Indicators"]["F1"].value == "Good is"
    kinds = [str(kind) for _, kind, _ in asked]
    assert list(dict.fromkeys(kinds)) == ["open", "assumed", "not taken"]
    assert made.questions("not taken") == {
        "J3": "1 Visits in time RAG: 'A' is not taken: the report computes the status from figure and target"
    }


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (["Millbrook Council \u2013 Children's Services", "Board Scorecard \u2013 July 2023"], "Board Scorecard"),
        (["Millbrook Council: Board Scorecard"], "Board Scorecard"),
        (["Millbrook Council", "Q1 2023/24"], None),
        (["Millbrook Council", "Scorecard July 2023"], None),
        (["Millbrook Council", "Board Scorecard", "Version for members"], None),
        (["Children's Services", "Board Scorecard"], None),
    ],
)
def test_the_title_of_the_report_is_the_one_text_that_is_no_council_and_no_period(
    draft: Callable[..., Drafted], above: list[str], title: str | None
) -> None:
    made = draft([*([text] for text in above), [], ["Indicator", "May 23", "Jun 23"], ["Number of visits", 90, 91]])

    assert made.row("About", Key="Title")["Value"] == title
    cells = [cell for cell, what in made.questions("assumed").items() if "title of the report" in what]
    assert cells == ([f"A{len(above)}"] if title else [])


@pytest.mark.parametrize(
    ("headings", "stated"),
    [
        (["England 2022", "SN 2022"], "2022"),
        (["England 2022", "SN 2021"], None),
        (["England 2022", "SN"], None),
        (["England", "SN"], None),
    ],
)
def test_the_one_period_of_all_benchmarks_is_that_of_the_report(
    draft: Callable[..., Drafted], headings: list[str], stated: str | None
) -> None:
    made = draft([["Indicator", "May 23", "Jun 23", *headings], ["Number of visits", 90, 91, 80, 85]])

    assert made.row("About", Key="Benchmark period")["Value"] == stated
    is_asked = any("Which period are the benchmarks of" in what for what in made.questions("open").values())
    assert is_asked == any(" " not in heading for heading in headings)
    report = load_workbook(made.path).report
    tables = [block for section in report.sections for block in section.blocks if isinstance(block, Table)]
    lines = [plain(line) for row in tables[0].rows for cell in row.cells for line in cell.lines]
    assert ("(2022)" in lines) == ("England 2022" in headings and not stated)


VERDICTS: Rows = [
    ["Ref", "Indicator", "Unit", "Good is", "May 23", "Jun 23", "Target", "DoT", "RAG"],
    ["1", "Visits in time", "%", "High", 91, 89, 90, "↓", "Amber"],
    ["2", "Plans in time", "%", "High", 80, 92, 90, "▲", "R"],
    ["3", "Out of area", "%", "Low", 20, 18, 18, "↑", "Green"],
    ["4", "Moves", "Number", None, 5, 5, None, "↑", "G"],
    ["5", "Checks in time", "%", "High", 70, 70, 90, "↔", "wait"],
]


def test_a_typed_status_or_direction_that_is_not_the_computed_one_is_open(draft: Callable[..., Drafted]) -> None:
    made = draft(VERDICTS)

    asked = {cell: what for cell, what in made.questions("open").items() if "typed" in what}
    assert {cell: what.partition(". ")[0] for cell, what in asked.items()} == {
        "I3": "2 Jun 23: 'R' is typed here, but 92% against a target of 90% is on target",
        "H5": "4 Jun 23: '↑' is typed here, but the figure stayed at 5",
    }
    answers = {str(row["Source cell"]).rpartition("!")[2]: row["Answer in"] for row in made.sheets["Questions"]}
    assert (answers["I3"], answers["H5"]) == ("Indicators!M3", None)
    assert made.places["Indicators"]["M1"].value == "Tolerance"
    assert made.questions("not taken").keys() == {"H2", "I2", "H3", "H4", "I4", "I5", "H6", "I6"}
    assert [row["Key"] for row in made.sheets["About"] if row["Key"] == "Arrows"] == []


KINDS: Mapping[str, st.SearchStrategy[object]] = {
    "counts": st.integers(0, 2000),
    "decimals": st.floats(0, 1e6, allow_nan=False),
    "percent": st.floats(0, 1.2).map(lambda number: Shown(number, "0.0%")),
    "money": st.floats(0, 1e5).map(lambda number: Shown(number, "£#,##0.00")),
    "small": st.sampled_from([0.1, 0.25, 0.9, 1]),
    "percent text": st.integers(0, 1200).map(lambda tenths: f"{tenths / 10}%"),
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
    """A scorecard that was made up; where each row is an indicator, the row and column (from 1) of its first figure.

    `years` are the headings that are numbers.
    """

    rows: Rows
    months: list[Period]
    top: int = 0
    left: int = 0
    years: Sequence[str] = ()


OTHER_PERIODS = [parse_period(label) for label in ("Q1 2020/21", "Autumn 2020/21", "2018/19", "Q3 2019/20")]


@st.composite
def scorecards(pick: st.DrawFn) -> Made:
    """A row for each indicator, perhaps with others among them or turned, below headings."""
    first = pick(st.sampled_from([month(2021, 1), month(2021, 1), *OTHER_PERIODS])).shift(pick(st.integers(0, 8)))
    months = [first.shift(more) for more in range(pick(st.integers(2, 5)))]
    if pick(st.booleans()):
        months.reverse()
    labels = pick(st.lists(st.sampled_from([*LABELS]), unique=True, max_size=5))
    left = pick(st.integers(0, len(labels)))
    before, after = labels[:left], labels[left:]
    periods, years = [[each.label for each in months]], list[str]()
    if first.kind is Kind.MONTH and pick(st.booleans()):
        years = [str(each.start.year) for each in months]
        above = [None if n and years[n - 1] == year else year for n, year in enumerate(years)]
        periods = [above, [f"{each.start:%b}" for each in months]]
    head: list[list[object]] = [
        *pick(st.sampled_from([[], [["Kirklees Council"]], [["Scorecard"], [None]]])),
        *([*[None] * (len(before) + 1), *each] for each in periods[:-1]),
        ["Indicator", *before, *periods[-1], *after],
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
    whole = [*head, *rows]
    match pick(st.sampled_from(["plain", "plain", "among others", "turned"])):
        case "among others":
            total = ["Total", *[7] * (len(head[-1]) - 1)]
            others = st.sampled_from([["Health"], [], total, ["Note: 12 are late"], [None, 5]])
            return Made(
                [*head, *(row for each in rows for row in (pick(others), each)), pick(others)], months, years=years
            )
        case "turned":
            return Made([*map(list, zip_longest(*whole))], months, years=years)
    return Made(whole, months, len(head) + 1, left + 2, years)


PARTS: Sequence[Sequence[str]] = (
    ("Actual", "Target"),
    ("Number", "Out of", "%"),
    ("Number", "%"),
    ("Numerator", "Denominator"),
    ("Value", "Number"),
)


@st.composite
def of_parts(pick: st.DrawFn) -> Made:
    """Several rows, or several columns of each period, for each indicator; perhaps with the year above the months."""
    periods = [quarter(2023, 1), quarter(2023, 2), quarter(2023, 3)]
    if pick(st.booleans()):
        periods = [month(2023, 4), month(2023, 5)]
    parts, number = pick(st.sampled_from(PARTS)), st.one_of(st.integers(0, 100), st.floats(0, 100), ODD)
    titles = [f"Measure {n}" for n in range(pick(st.integers(1, 3)))]
    if pick(st.booleans()):
        head = [["Indicator", None, *(each.label for each in periods)]]
        rows = [
            [None if n else title, part, *(pick(number) for _ in periods)]
            for title in titles
            for n, part in enumerate(parts)
        ]
    else:
        named = [None if n else each.label for each in periods for n in range(len(parts))]
        head = [["Indicator", *named], [None, *parts * len(periods)]]
        rows = [[title, *(pick(number) for _ in named)] for title in titles]
    return Made([*head, *rows], periods)


def number_of(value: object) -> float | None:
    """The number in a cell, a text that is one too, as Excel holds it."""
    found = re.fullmatch(r"([0-9,.]*[0-9])\s*(%?)", value.strip()) if isinstance(value, str) else None
    if found:
        number = Decimal(found[1].replace(",", ""))
        return float(number / 100 if found[2] else number)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def numbers(values: Iterable[object]) -> Counter[float]:
    return Counter(number for number in map(number_of, values) if number is not None)


@given(made=st.one_of(scorecards(), scorecards(), of_parts()))
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
    cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row}
    taken = [*(row[key] for row in draft.sheets["Data"] for key in row if key not in ("Indicator", "Figure", "Title"))]
    taken += [row["Value"] for row in draft.sheets["Benchmarks"]]
    taken += [row["Target"] for row in draft.sheets["Indicators"]]
    left = Counter(numbers(value for cell, value in cells.items() if cell not in listed and value not in made.years))
    left.subtract(numbers(taken))
    targets = [number for row in draft.sheets["Indicators"] for number in numbers_in(row.get("Targets"))]
    assert {number: count for number, count in left.items() if count < 0} == {}
    assert {float(f"{number:.15g}") for number, count in left.items() if count > 0} <= {*targets}
    assert all(cells[cell] is not None for cell in listed)
    heads = [cell.value for cell in draft.places["Data"][1]]
    assert len(set(heads)) == len(heads)
    says_good = "Good is" in str(made.rows)
    assert says_good or {row["Good is"] for row in draft.sheets["Indicators"]} == {None}
    for row, of in enumerate(draft.sheets["Indicators"] if made.top else (), made.top):
        figures = draft.row("Data", Indicator=of["Indicator"])
        for column, period in enumerate(made.months, made.left):
            cell = sheet.cell(row, column)
            if number_of(cell.value) is not None and cell.coordinate not in listed:
                column_of = {parse_period(str(key)) if isinstance(key, str) else key: key for key in [*figures][3:]}
                key = datetime(*period.start.timetuple()[:3]) if period.kind is Kind.MONTH else period
                assert number_of(figures[column_of[key]]) == number_of(cell.value)
        good = sheet.cell(row, made.rows[made.top - 2].index("Good is") + 1).value if says_good else None
        assert of["Good is"] == HIGH_LOW.get(str(good))
    status, _, err = call("build", str(path))
    assert status == 0, err


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_council_s_scorecard_is_drafted_whole_and_builds(call: Call, tmp_path: Path, card: Card) -> None:
    source = card.write(tmp_path)
    period = ("--period", card.given) if card.given else ()
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(source), "--sheet", card.sheet, *period)
    assert status == 0, err
    [path] = (tmp_path / "new").iterdir()
    draft = read(path)

    listed = draft.questions("not taken")
    named = set(cells_in(f"{card.headings} {card.titles} {card.groups}"))
    named |= {cell for said in card.said for cell, label in said.labels.items() if label is Label.REFERENCE}
    given = {cell: value for cell, value in card.values.items() if cell not in named}
    targets = [number for row in draft.sheets["Indicators"] for number in numbers_in(row.get("Targets"))]
    taken = [row[key] for row in draft.sheets["Data"] for key in row if key not in ("Indicator", "Figure", "Title")]
    taken += [row["Value"] for row in draft.sheets["Benchmarks"]]
    taken += [row["Target"] for row in draft.sheets["Indicators"]]
    left = Counter(numbers(given[cell] for cell in given if cell not in listed))
    left.subtract(numbers(taken))
    assert {number for number, count in left.items() if count > 0} <= {*targets, *tolerances(draft)}
    assert {number: count for number, count in left.items() if count < 0} == {}
    for said in card.said:
        rows = [row for row in draft.sheets["Indicators"] if row["Indicator"] == said.title]
        assert [row["Good is"] for row in rows] == [POLARITIES[said.polarity]], said.title
    status, _, err = call("build", str(path))
    assert status == 0, err


POLARITIES = {HIGH: "higher", LOW: "lower", NEITHER: "neither", None: None}


def numbers_in(cell: object) -> list[float]:
    """The numbers of a cell such as `from 2023-04-01: 60%; from 2023-07-01: 58`, as Excel holds them."""
    found = re.findall(r": ([0-9.]+)(%?)", str(cell or ""))
    return [float(Decimal(number) / 100 if sign else Decimal(number)) for number, sign in found]


def tolerances(draft: Drafted) -> list[float]:
    typed = [str(row["Tolerance"]) for row in draft.sheets["Indicators"] if row["Tolerance"] is not None]
    return [float(text.split()[0].rstrip("%")) for text in typed]


def row_of(title: str, *figures: object, unit: object = None) -> Rows:
    """A scorecard of one indicator with figures of the months from April 2023 on."""
    months = ["Apr 23", "May 23", "Jun 23"][: len(figures)]
    return [["Indicator", "Unit", *months], [title, unit, *figures]]


@pytest.mark.parametrize(
    ("rows", "measure", "printed"),
    [
        (row_of("Visits", Shown(0.8964, "0.0%"), Shown(0.9, "0.0%")), "percentage", ["89.6%", "90.0%"]),
        (row_of("Visits", Shown(0.8964, "0%"), Shown(0.9, "0%")), "percentage", ["90%", "90%"]),
        (row_of("Visits", Shown(89.64, '0.0"%"'), Shown(0.5, '0.0"%"')), "percentage", ["89.6%", "0.5%"]),
        (row_of("Visits", 89.6, 90, unit="%"), "percentage", ["89.6%", "90.0%"]),
        (row_of("% of visits", 89.6, 90), "percentage", ["89.6%", "90.0%"]),
        (row_of("Visits", 0.896, 0.9, unit="%"), "average", ["0.896", "0.900"]),
        (row_of("Number and % of visits", 604, 610), "average", ["604", "610"]),
        (row_of("Number of visits", 604, 610), "number", ["604", "610"]),
        (row_of("Visits", 604, 610, unit="Number"), "number", ["604", "610"]),
        (row_of("Visits", 60.4, 61, unit="Number"), "average", ["60.4", "61.0"]),
        (row_of("Visits", 604, 610), "average", ["604", "610"]),
        (row_of("Visits", 61.6, 62, unit="Rate per 1,000"), "rate", ["61.6", "62.0"]),
        (row_of("Cost", Shown(5120.456, "£#,##0.00"), Shown(5000, "£#,##0.00")), "average", ["5,120.46", "5,000.00"]),
        (row_of("Cost", 33.3333333333, 1), "average", ["33.3", "1.0"]),
        (row_of("Places", Shown(1.1, "0%"), Shown(1.2, "0%")), "percentage", ["110%", "120%"]),
    ],
)
def test_a_figure_prints_as_the_source_shows_it(
    draft: Callable[..., Drafted], rows: Rows, measure: str, printed: list[str]
) -> None:
    made = draft(rows)

    [indicator] = made.sheets["Indicators"]
    assert indicator["Measure"] == measure
    shown = {row.period: row.text for row in load_workbook(made.path).rows() if not row.comparator}
    assert [shown["Apr 23"], shown["May 23"]] == printed


COUNTED = [
    ["Indicator", "", "Apr 23", "May 23"],
    ["Reviews", "Number", 118, 121],
    [None, "Out of", 123, 125],
]


@pytest.mark.parametrize(
    ("values", "measure", "figures"),
    [
        ([Shown(0.959, "0.0%"), Shown(0.968, "0.0%")], "percentage", {"value", "numerator", "denominator"}),
        ([9593.5, 9680], "rate", {"value", "numerator", "denominator"}),
        ([0.96, 0.97], "average", {"value", "numerator", "denominator"}),
        ([44, 45], "average", {"value"}),
    ],
)
def test_counts_are_used_if_they_come_to_the_values(
    draft: Callable[..., Drafted], values: list[object], measure: str, figures: set[str]
) -> None:
    made = draft([*COUNTED, [None, "Rate", *values]])

    assert made.row("Indicators", Indicator="Reviews")["Measure"] == measure
    assert {row["Figure"] for row in made.sheets["Data"]} == figures
    assert len(made.questions("not taken")) == (0 if len(figures) > 1 else 4)


def test_a_figure_that_no_report_may_have_is_left_out_with_the_reason(draft: Callable[..., Drafted]) -> None:
    late = ["Late", "%", Shown(0.5, "0%"), Shown(1.5, "0%"), 1]
    made = draft([["Indicator", "Unit", "Apr 23", "May 23", "Jun 23"], late])

    row = made.row("Data", Indicator="Late")
    assert [*row.values()][3:] == [0.5]
    assert made.questions("not taken") == {
        "D2": "Late May 23: '150%' is not taken: Late May 23: 150% is above 100%",
        "E2": "Late Jun 23: '1' is not taken: Late Jun 23: 1 may be 1% or 100%",
    }


def test_what_hides_or_is_no_number_is_listed_and_not_taken(draft: Callable[..., Drafted]) -> None:
    odd = [604, Shown(7, ";;;"), True, date(2023, 7, 1), "#N/A", "12 (3.4%)", 11]
    made = draft(
        [
            ["Indicator", *(f"{month} 23" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"))],
            ["Visits", *odd],
        ]
    )

    figures = [*made.row("Data", Indicator="Visits").values()][3:]
    assert figures == [604, None, None, None, None, None, 11]
    assert [*made.questions("not taken")] == ["C2", "D2", "E2", "F2", "G2"]
    assert "7" not in made.questions("not taken")["C2"].partition(":")[2]


def test_figures_of_another_kind_of_period_are_listed(draft: Callable[..., Drafted]) -> None:
    made = draft([["Indicator", "2022/23", "Apr 23", "May 23"], ["Visits", 81, 88, 89]])

    assert [*made.row("Data", Indicator="Visits")][3:] == [datetime(2023, 4, 1), datetime(2023, 5, 1)]
    assert [*made.questions("not taken")] == ["B2"]


def test_hidden_figures_are_taken_and_asked_about(call: Call, tmp_path: Path) -> None:
    path = write(tmp_path / "scorecard.xlsx", PLAIN)
    book = openpyxl.load_workbook(path)
    book["KPI"].row_dimensions[4].hidden = True
    book.save(path)
    assert call("init", str(tmp_path / "new"), "--from", str(path))[0] == 0

    made = read(tmp_path / "new" / "june-2023.xlsx")
    assert [row["Source cell"] for row in made.sheets["Questions"] if "hidden" in str(row["What"])] == [
        "[scorecard.xlsx]KPI!B4"
    ]


def test_a_benchmark_that_is_there_twice_is_taken_once_and_told(draft: Callable[..., Drafted]) -> None:
    made = draft(
        [
            ["Ref", "Indicator", "Jun 23", "England", "Eng avg", "Stat neighbours"],
            ["1", "Children in care", 12, 3, 4, 5],
        ]
    )

    assert {row["Benchmark"]: row["Value"] for row in made.sheets["Benchmarks"]} == {"England": 3, "SN": 5}
    assert "E2" in made.questions("not taken")


def test_a_target_of_a_year_is_one_from_then_and_asked_about_when_it_has_passed(draft: Callable[..., Drafted]) -> None:
    made = draft(
        [
            ["Ref", "Indicator", "May 23", "Jun 23", "Target 21/22"],
            ["1", "Children in care", 12, 13, 9],
        ]
    )

    assert made.row("Indicators", Reference="1")["Targets"] == "from 2021-04-01: 9"
    assert "does it still hold for Jun 23?" in made.questions("open")["E2"]


def test_a_target_merged_over_two_rows_is_asked_about(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", [["Indicator", "Target", "Jun 23"], ["A", 5, 4], ["B", None, 3]])
    book = openpyxl.load_workbook(source)
    book["KPI"].merge_cells("B2:B3")
    book.save(source)

    assert call("init", str(tmp_path / "new"), "--from", str(source))[0] == 0
    asked = read(tmp_path / "new" / "june-2023.xlsx").questions("open")["B2"]
    assert asked.startswith("A: B2:B3 is one merged cell, which is taken for B2 only.")


def test_names_that_are_there_twice_are_made_different(draft: Callable[..., Drafted]) -> None:
    made = draft([["Indicator", "Apr 23", "May 23"], ["Visits", 1, 2], ["Visits", 3, 4], ["visits", 5, 6]])

    names = [str(row["Indicator"]) for row in made.sheets["Indicators"]]
    assert len({name.casefold() for name in names}) == 3
    assert [row["Indicator"] for row in made.sheets["Data"]] == names


def test_an_answer_is_a_click_away(draft: Callable[..., Drafted]) -> None:
    made = draft(PLAIN)

    answers = [cell for cell in made.places["Questions"]["D"][1:] if cell.value]
    assert answers
    assert all(cell.hyperlink and cell.hyperlink.location == cell.value for cell in answers)


def test_the_same_scorecard_gives_the_same_bytes(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", PLAIN)
    for name in ("one", "two"):
        assert call("init", str(tmp_path / name), "--from", str(source))[0] == 0

    one, two = (tmp_path / name / "june-2023.xlsx" for name in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()


def test_a_folder_keeps_what_it_has(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", PLAIN)
    (tmp_path / "june-2023.xlsx").write_bytes(b"ours")
    status, _, err = call("init", str(tmp_path), "--from", str(source))

    assert (status, err) == (0, f"{tmp_path / 'june-2023.xlsx'} is there and kept: nothing was written\n")
    assert (tmp_path / "june-2023.xlsx").read_bytes() == b"ours"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["june-2023.xlsx", "scorecard.xlsx"]


def test_a_source_of_the_draft_s_name_is_kept(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "june-2023.xlsx", PLAIN)
    before = source.read_bytes()

    assert call("init", str(tmp_path), "--from", str(source))[0] == 0
    assert ([*tmp_path.iterdir()], source.read_bytes()) == ([source], before)


def test_what_is_in_it_and_what_is_asked_is_said(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", PLAIN)
    path = tmp_path / "new" / "june-2023.xlsx"
    _, _, err = call("init", str(tmp_path / "new"), "--from", str(source))

    assert err.splitlines() == [
        f"{path} written: 3 indicators, 3 periods, 1 benchmark",
        "the sheet Questions lists what is left to decide: 1 open, 4 assumed, 1 not taken",
        f'answer in the cells that it names, then run: cpreport build "{path}"',
    ]
    assert call("init", str(tmp_path / "other"), "--from", str(source), "--quiet") == (0, "", "")


NO_YEARS: Rows = [["Indicator", "Apr", "May", "Jun"], ["Visits", 10, 20, 30]]


def test_without_a_year_nothing_is_written_until_somebody_says_it(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", NO_YEARS)
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(source))

    assert (status, (tmp_path / "new").exists()) == (1, False)
    assert "scorecard.unclear-period  scorecard.xlsx  KPI!" in err
    assert "--period" in err
    assert call("init", str(tmp_path / "new"), "--from", str(source), "--period", "2023-06")[0] == 0
    assert [*read(tmp_path / "new" / "june-2023.xlsx").row("Data", Indicator="Visits").values()][3:] == [10, 20, 30]


def test_of_several_scorecards_one_has_to_be_named(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", PLAIN, others={"Health": PLAIN, "Notes": [["See Health"]]})
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(source))

    assert (status, (tmp_path / "new").exists()) == (1, False)
    assert "KPI, Health" in err
    assert "--sheet" in err
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(source), "--sheet", "healthy")
    assert (status, "did you mean 'Health'?" in err) == (1, True)
    assert call("init", str(tmp_path / "new"), "--from", str(source), "--sheet", "health")[0] == 0


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"Indicator,Apr 23\nVisits,10\n", "file.not-a-workbook"),
        (OLE2 + "Workbook\0".encode("utf-16-le"), "file.old-format"),
        (OLE2 + "EncryptedPackage\0".encode("utf-16-le"), "file.encrypted"),
        (b"", "file.empty"),
        (b"PK\x03\x04 and nothing more", "file.damaged"),
    ],
)
def test_a_file_that_is_no_workbook_is_an_error(call: Call, tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "scorecard.xlsx").write_bytes(content)
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(tmp_path / "scorecard.xlsx"))

    assert (status, (tmp_path / "new").exists()) == (1, False)
    assert f"error    {code}  scorecard.xlsx" in err


@pytest.mark.parametrize(
    "rows", [[], [["Contacts"], ["A. Price", 4410]], [["Indicator", "Apr 23"], ["Visits", "later"]]]
)
def test_a_sheet_without_figures_is_an_error(call: Call, tmp_path: Path, rows: Rows) -> None:
    source = write(tmp_path / "scorecard.xlsx", rows)
    status, _, err = call("init", str(tmp_path / "new"), "--from", str(source))

    assert (status, (tmp_path / "new").exists()) == (1, False)
    assert "error    scorecard.no-figures  scorecard.xlsx  KPI" in err


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--from", "no-such.xlsx"], 3),
        ([], 2),
        (["--sheet", "KPI", "--authority", "Kirklees"], 2),
        (["--from", "scorecard.xlsx", "--folder"], 2),
        (["--from", "scorecard.xlsx", "--with", "uasc"], 2),
    ],
)
def test_wrong_usage_writes_nothing(call: Call, tmp_path: Path, arguments: list[str], status: int) -> None:
    assert call("init", str(tmp_path / "new"), *arguments)[0] == status
    assert [*tmp_path.iterdir()] == []


def test_the_example_is_made_by_its_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert_made_by_its_script("scorecard", EXAMPLES / "scorecard.xlsx", tmp_path, monkeypatch)


def test_the_reporting_period_is_the_one_that_is_said(call: Call, tmp_path: Path) -> None:
    source = write(tmp_path / "scorecard.xlsx", PLAIN)
    arguments = ("init", str(tmp_path / "new"), "--from", str(source), "--period")

    assert call(*arguments, "2023-07") == (
        2,
        "",
        "cpreport: --period: there is no figure of Jul 23; the newest are of Jun 23\n",
    )
    assert call(*arguments, "2023-05")[0] == 0
    [path] = (tmp_path / "new").iterdir()
    assert (path.name, read(path).row("About", Key="Reporting period")["Value"]) == ("may-2023.xlsx", "May 23")
