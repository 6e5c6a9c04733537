"""Every rule fires at the very cell that is to be mended, and keeps silent where nothing is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.rules import all_rules
from cpreport.model.rules.workbook import HIDDEN
from cpreport.pipeline import load_workbook

from .workbooks import DATA, INDICATORS, REPORT, Formula, Shown, changed, write_report, write_workbook

BASE = {
    "About": [["Key", "Value"], ["Reporting period", "Jul 2023"], ["Board date", date(2023, 9, 14)]],
    "Data": DATA,
    "Benchmarks": [
        ["Indicator", "Benchmark", "Value", "Period", "Status"],
        ["rate", "SN", 92, "2020/21", "final"],
    ],
    "Marks": [["Indicator", "Period", "Figure", "Mark", "Note"], ["checks", "Jun 23", None, "[p]", "early figure"]],
    "Narrative": [["Section", "Slot", "Text"], ["care", "good", "All is well."]],
    "Breakdowns": [
        ["Breakdown", "Category", "Group", "Count", "Period"],
        ["placements", "Foster care", None, 60, None],
        ["placements", "Residential", None, 21, None],
    ],
}
PLACEMENTS = '\n[[breakdowns]]\nid = "placements"\ntitle = "Placements"\nof = "far/numerator"\n'
TOML = INDICATORS + PLACEMENTS
WITH_TOTAL = TOML + '\n[[totals]]\nwhole = "moves"\nparts = ["rate", "far"]\n'
YEARLY = TOML.replace('frequency = "quarter"', 'frequency = "year"')
LISTED = REPORT.format(listed='["rate", "far", "checks", "moves", "mean", "crimes"]')

ELSEWHERE = {
    "file.not-a-workbook": "test_spreadsheet",
    "file.encrypted": "test_spreadsheet",
    "file.old-format": "test_spreadsheet",
    "file.empty": "test_spreadsheet",
    "file.damaged": "test_spreadsheet",
    "file.too-large": "test_spreadsheet",
    "template.syntax": "test_sandbox",
    "template.undefined-name": "test_sandbox",
    "template.not-allowed": "test_sandbox",
    "template.not-printable": "test_sandbox",
    "template.not-alone": "test_sandbox",
    "template.table-row": "test_markdown",
    "template.failed": "test_sandbox",
}
"""Codes that another test file covers."""


@dataclass(frozen=True)
class Case:
    """A rule, the places where it fires once `cells` and `files` are changed, and a near miss where it does not.

    A place is `sheet!cell`, else the file's name with its line or the section and slot.
    """

    code: str
    at: str | list[str]
    cells: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    near: Mapping[str, object] = field(default_factory=dict)
    near_files: Mapping[str, str] = field(default_factory=dict)
    name: str = "july-2023.xlsx"

    @property
    def places(self) -> list[str]:
        return [self.at] if isinstance(self.at, str) else self.at


CARE = "narrative/2023-07/care.md"

CASES = [
    # Sheets and columns
    Case("sheet.missing", "", {"Data!": None}),
    Case("sheet.twice", "' data '", {" data !A1": "Indicator", " data !B1": "Figure", " data !C1": "Jul 23"}),
    Case("sheet.no-headers", "Data", {"Data!A1": "Name", "Data!B1": "Part"}, near={"Data!A1": " INDICATOR "}),
    Case("sheet.column-missing", "Data!A1", {"Data!B1": "Figures"}, near={"Data!B1": "figure "}),
    Case("sheet.column-missing", "Benchmarks!A1", {"Benchmarks!C1": "Values"}, near={"Benchmarks!C1": "VALUE"}),
    Case("sheet.column-twice", "Data!H1", {"Data!H1": "2023-07"}, near={"Data!H1": "2023-08"}),
    Case("sheet.column-twice", "Benchmarks!F1", {"Benchmarks!F1": "value"}, near={"Benchmarks!F1": "remark"}),
    Case(
        "sheet.second-table",
        "Data!A12",
        {"Data!A12": "Indicator", "Data!B12": "Figure", "Data!D12": "Apr 23", "Data!A13": "moves", "Data!D13": 5},
        near={f"Data!{column}12": DATA[0][at] for at, column in enumerate("ABCDEFG")},
    ),
    # About
    Case("about.invalid", "About!B3", {"About!B3": "soon"}, near={"About!B3": "14 September 2023"}),
    Case("about.invalid", "About!B2", {"About!B2": date(2023, 7, 14)}, near={"About!B2": date(2023, 7, 31)}),
    Case("about.key-twice", "About!A4", {"About!A4": "board DATE"}, near={"About!A4": "Board dates"}),
    Case("about.period-not-in-data", "About!B2", {"About!B2": "Jul 2024"}, near={"About!B2": "Jun 2023"}),
    # The file
    Case("file.name-disagrees", "", name="june-2023.xlsx"),
    Case("file.open-in-excel", "", files={"~$july-2023.xlsx": ""}, near_files={"~$june-2023.xlsx": ""}),
    # Rows and headers of Data
    Case("data.unknown-indicator", "Data!A11", {"Data!A11": "move", "Data!F11": 4}, near={"Data!A11": "Source: team"}),
    Case("data.unwanted-row", "Data!D11", {"Data!A11": "moves", "Data!B11": "denominator", "Data!D11": 4}),
    Case("data.indicator-blank", "Data!A11", {"Data!F11": 604}, near={"Data!C11": "in June: 604"}),
    Case(
        "data.indicator-not-text",
        "Data!A11",
        {"Data!A11": 4.1, "Data!B11": "value", "Data!F11": 3},
        near={"Data!A12": 2023},
    ),
    Case("data.indicator-not-text", "Benchmarks!A2", {"Benchmarks!A2": 4.1}),
    Case("data.indicator-not-text", "Marks!A2", {"Marks!A2": 4.1}),
    Case("data.unknown-figure", "Data!B6", {"Data!B6": "count"}, near={"Data!B6": " Value"}),
    Case("data.unknown-figure", "Marks!C2", {"Marks!C2": "count"}, near={"Marks!C2": "VALUE"}),
    Case("data.header-not-a-period", "Data!E1", {"Data!E1": "Notes"}, near={"Data!C1": "Notes"}),
    Case("data.header-not-a-period", "Data!H1", {"Data!H6": 5}, near={"Data!H6": "a remark"}),
    Case(
        "data.header-day",
        "Data!F1",
        {"Data!F1": Shown(date(2026, 7, 23), "d-mmm")},
        near={"Data!F1": Shown(date(2023, 7, 1), "mmm-yy")},
    ),
    Case("data.unknown-period", "Marks!B2", {"Marks!B2": "Juli 23"}, near={"Marks!B2": "2023-07"}),
    # Cells of Data
    Case("data.not-a-number", "Data!F6", {"Data!F6": "12 moves"}, near={"Data!F6": "[x]"}),
    Case("data.not-a-number", "Data!F6", {"Data!F6": True}, near={"Data!F6": " "}),
    Case("breakdown.not-a-count", "Breakdowns!D3", {"Breakdowns!D3": 20.5}, near={"Breakdowns!D3": 21.0}),
    Case("breakdown.not-a-count", "Breakdowns!D3", {"Breakdowns!D3": "-21"}, near={"Breakdowns!D3": "21"}),
    Case("data.number-as-text", "Data!F6", {"Data!F6": "1,281"}, near={"Data!F6": "1,281 [r]"}),
    Case("data.formula-without-result", "Data!F6", {"Data!F6": Formula("1+1")}, near={"Data!F6": Formula("1+1", 2.0)}),
    Case("data.formula-without-result", "Data!F1", {"Data!F1": Formula("E1+31")}),
    Case("data.formula-without-result", "Data!A6", {"Data!A6": Formula("B9")}),
    Case("data.formula-without-result", "Narrative!C2", {"Narrative!C2": Formula("B9")}),
    Case("data.excel-error", "Data!F6", {"Data!F6": "#REF!"}, near={"Data!F6": "[u]"}),
    Case("data.excel-error", "Data!D1", {"Data!D1": "#REF!"}),
    Case("data.excel-error", "Data!A6", {"Data!A6": "#N/A"}),
    Case("data.mixed-percent", "Data!F5", {"Data!F5": Shown(0.985, "0.0%")}, near={"Data!F5": Shown(98.5, '0.0"%"')}),
    Case("data.unexpected-percent", "Data!F6", {"Data!F6": Shown(12.81, "0%")}, near={"Data!F6": Shown(12, "0.0")}),
    Case("data.unexpected-percent", "Benchmarks!C2", {"Benchmarks!C2": Shown(0.9, "0%")}),
    Case("data.above-100-percent", "Data!F5", {"Data!F5": 100.1}, near={"Data!F5": 100}),
    Case(
        "data.above-100-percent",
        "Benchmarks!C2",
        {"Benchmarks!A2": "far", "Benchmarks!C2": 101},
        near={"Benchmarks!C2": 101},
    ),
    Case("data.negative-count", "Data!F6", {"Data!F6": -1}, near={"Data!F6": 0}),
    Case("data.fractional-count", "Data!F6", {"Data!F6": 12.5}, near={"Data!F8": 379.5}),
    Case("data.other-frequency", "Data!G6", {"Data!G6": 3}, near={"Data!G3": 98050}),
    Case(
        "data.two-kinds-of-year",
        "Data!I9",
        {"Data!H1": "2021/22", "Data!I1": "2022", "Data!H9": 3, "Data!I9": 4, "Data!G9": None, "Data!G10": None},
        {"indicators.toml": YEARLY},
        near={"Data!H1": "2021/22", "Data!I1": "2022/23", "Data!H9": 3, "Data!I9": 4},
        near_files={"indicators.toml": YEARLY},
    ),
    # Figures
    Case("data.zero-denominator", "Data!F8", {"Data!F8": 0}, near={"Data!F7": 0, "Data!F8": 0}),
    Case("data.nothing-to-divide", "Data!F8", {"Data!F7": 0, "Data!F8": 0}, near={"Data!F7": 0}),
    Case("data.numerator-exceeds-denominator", "Data!G9", {"Data!G9": 344}, near={"Data!G9": 343, "Data!F7": 605}),
    Case(
        "data.row-twice",
        "Data!A11",
        {"Data!A11": "moves", "Data!B11": "value"},
        near={"Data!A11": "moves", "Data!B11": "numerator"},
    ),
    Case(
        "data.figure-twice",
        "'Data – more'!C2",
        {
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            "Data – more!C1": "Jul 23",
            "Data – more!A2": "moves",
            "Data – more!B2": "value",
            "Data – more!C2": 1281,
        },
        near={
            "Data – more!A1": "Indicator",
            "Data – more!B1": "Figure",
            "Data – more!C1": "Jul 23",
            "Data – more!A2": "moves",
            "Data – more!B2": "value",
        },
    ),
    Case(
        "data.value-disagrees",
        "Data!G11",
        {"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.8},
        near={"Data!A11": "crimes", "Data!B11": "value", "Data!G11": 1.75},
    ),
    Case("data.missing-figure", "Data!F6", {"Data!F6": None}, near={"Data!F6": "[z]"}),
    Case("data.missing-figure", "Data!E8", {"Data!E8": None}, near={"Data!E7": None, "Data!E8": None}),
    Case("data.indicator-without-data", "", {"Data!A6": None, "Data!B6": None} | {f"Data!{c}6": None for c in "DEF"}),
    Case(
        "data.nothing-to-add-up",
        "Data!D5",
        files={"indicators.toml": TOML.replace('"Health checks"', '"Health checks"\ncumulative = "academic-year"')},
        near_files={"indicators.toml": TOML.replace('"Moves"', '"Moves"\ncumulative = "academic-year"')},
    ),
    Case("data.row-missing", "Data!D7", {f"Data!{c}8": None for c in "ABCDEF"}),
    Case("data.row-missing", "Data!D2", {f"Data!{c}3": None for c in "ABCDEF"}),
    Case(
        "data.total-differs",
        ["Data!D6", "Data!E6", "Data!F6"],
        {},
        {"indicators.toml": TOML + '\n[[totals]]\nwhole = "moves"\nparts = ["checks"]\n'},
        near_files={"indicators.toml": TOML + '\n[[totals]]\nwhole = "moves"\nparts = ["moves"]\n'},
    ),
    Case("data.row-and-reference", "Data!F11", {"Data!A11": "far", "Data!B11": "denominator", "Data!F11": 604}),
    Case("data.no-figures", "", {"About!B2": None} | {f"Data!{c}{r}": None for c in "DEFG" for r in range(2, 11)}),
    # Benchmarks, marks, breakdowns
    Case("benchmark.unwanted", "Benchmarks!A2", {"Benchmarks!A2": "rates"}, near={"Benchmarks!A2": "RATE"}),
    Case("benchmark.unknown-comparator", "Benchmarks!B2", {"Benchmarks!B2": "SM"}, near={"Benchmarks!B2": "sn"}),
    Case(
        "benchmark.twice",
        "Benchmarks!A3",
        {"Benchmarks!A3": "rate", "Benchmarks!B3": "SN", "Benchmarks!C3": 93},
        near={"Benchmarks!A3": "Source: LAIT, March 2022"},
    ),
    Case(
        "benchmark.unknown-status", "Benchmarks!E2", {"Benchmarks!E2": "draft"}, near={"Benchmarks!E2": "Provisional"}
    ),
    Case("marks.unknown-mark", "Marks!D2", {"Marks!D2": "[q]"}, near={"Marks!D2": "[B]"}),
    Case("marks.for-nothing", "Marks!A2", {"Marks!A2": "check"}, near={"Marks!A2": "population"}),
    Case("marks.without-figure", "Marks!D2", {"Marks!B2": "Q1 23/24"}, near={"Marks!B2": "Jul 23"}),
    Case(
        "marks.without-figure",
        "Marks!D2",
        {"Marks!A2": "population", "Data!F3": None, "Data!F1": "Jul 23", "Marks!B2": "Aug 23"},
        {"indicators.toml": TOML.replace('"Children aged 0-17"', '"Children aged 0-17"\ncarry = true')},
        near={"Marks!A2": "population"},
        near_files={"indicators.toml": TOML.replace('"Children aged 0-17"', '"Children aged 0-17"\ncarry = true')},
    ),
    Case("breakdown.unknown", "Breakdowns!A3", {"Breakdowns!A3": "placement"}, near={"Breakdowns!A3": "PLACEMENTS"}),
    Case("breakdown.total-differs", "Breakdowns!D2", {"Breakdowns!D3": 22}, near={"Breakdowns!D3": "21 [p]"}),
    Case("breakdown.twice", "Breakdowns!B3", {"Breakdowns!B3": "Foster care"}),
    Case(
        "breakdown.twice",
        "Breakdowns!B3",
        {"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jul 23"},
        near={"Breakdowns!B3": "Foster care", "Breakdowns!E3": "Jun 23"},
    ),
    # Narratives
    Case("narrative.unknown-section", "Narrative!A2", {"Narrative!A2": "cares"}, near={"Narrative!A2": "CARE"}),
    Case("narrative.unknown-section", "cares.md", files={"narrative/2023-07/cares.md": "# Next"}),
    Case("narrative.unknown-slot", "Narrative!B2", {"Narrative!B2": "bad"}, near={"Narrative!B2": "what went well:"}),
    Case(
        "narrative.unknown-slot", "care.md line 2", files={CARE: "\n## Nexts\n"}, near_files={CARE: "## What is next\n"}
    ),
    Case(
        "narrative.text-before-slot", "care.md line 2", files={CARE: "# Care\nWell, "}, near_files={CARE: "# Care\n\n"}
    ),
    Case("narrative.slot-twice", "care.md line 2", files={CARE: "# good\nWell."}, near_files={CARE: "# next\nWell."}),
    Case(
        "narrative.slot-empty", "care/next", files={"report.toml": LISTED.replace('next?"', 'next?", required = true')}
    ),
    Case("narrative.not-printed", "Narrative!C2", files={"care.md": "# Care"}),
    # Texts
    Case(
        "template.lost-value",
        "Narrative!C2",
        {"Narrative!C2": '[now](https://x.uk "{{ period }}")'},
        near={"Narrative!C2": "[{{ period }}](https://x.uk/)"},
    ),
    Case("text.control-character", "Narrative!C2", {"Narrative!C2": "bell _x0007_"}, near={"Narrative!C2": "a\tb\nc"}),
    Case("text.control-character", "care.md line 3", files={CARE: "# next\n\nbell \a"}),
    Case("text.windows-1252", "care.md", files={CARE: "# next\n\N{EN DASH}"}, near_files={CARE: "# next\n–"}),
    # The report folder
    Case("definition.toml-syntax", "indicators.toml", files={"indicators.toml": "[[indicators]\n"}),
    Case("definition.unknown-key", "indicators.toml", files={"indicators.toml": TOML.replace("shows", "show", 1)}),
    Case("definition.missing-key", "indicators.toml", files={"indicators.toml": TOML.replace('title = "Moves"\n', "")}),
    Case("definition.invalid", "indicators.toml", files={"indicators.toml": TOML.replace('"average"', '"mean"')}),
    *(
        Case("definition.invalid", "indicators.toml", files={"indicators.toml": TOML.replace(key, f"{key}\n{more}", 1)})
        for key, more in (
            ('measure = "number"', "target = nan"),
            ('measure = "number"', "targets = [{ value = inf }]"),
            ('measure = "number"', "lag = -1"),
            ('measure = "number"', "per = 5"),
            ('frequency = "quarter"', 'cumulative = "academic-year"'),
        )
    ),
    *(
        Case("definition.invalid", "report.toml", files={"report.toml": LISTED + more})
        for more in (
            '[terms]\nA = "Sep-Dec"\nB = "Dec-Mar"\n',
            '[terms]\nA = "Sep-Dec"\nB = "Apr-Jul"\nC = "Jan-Mar"\n',
            '[terms]\nA = "Sep"\n',
            "[periods]\nmonth = [0, -1]\n",
        )
    ),
    Case("definition.unknown-name", "report.toml", files={"report.toml": LISTED.replace('"far"', '"fare"')}),
    Case(
        "definition.unknown-name", "indicators.toml", files={"indicators.toml": TOML.replace("rate/num", "rates/num")}
    ),
    Case("definition.name-twice", "indicators.toml", files={"indicators.toml": TOML.replace('"moves"', '"Mean"')}),
    Case(
        "definition.circular",
        "indicators.toml",
        files={"indicators.toml": TOML.replace('r = "population"', 'r = "far/value"')},
        near_files={"indicators.toml": TOML.replace('r = "population"', 'r = "moves/value"')},
    ),
    Case("definition.file-missing", "report.toml", files={"report.toml": LISTED.replace("care.md", "cared.md")}),
    Case("definition.no-report-folder", "About!B4", {"About!A4": "Report", "About!B4": "elsewhere"}),
    Case("definition.glossary", "glossary.csv", files={"glossary.csv": "word,meaning\na,b\n"}),
    Case("definition.shell", "shell.docx", files={"shell.docx": "no Word document"}),
]


def findings_after(folder: Path, name: str, cells: Mapping[str, object], files: Mapping[str, str]) -> list[Finding]:
    """All findings of the base workbook with some cells and files changed."""
    sheets = {key: rows for key, rows in BASE.items() if f"{key}!" not in cells}
    cells = {address: value for address, value in cells.items() if not address.endswith("!")}
    write_report(folder, TOML)
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("cp1252" if "\N{EN DASH}" in text and "windows" in folder.name else "utf-8"))
    try:
        return list(load_workbook(write_workbook(folder / name, changed(sheets, cells))).findings)
    except InputError as error:
        return list(error.findings)


def where(finding: Finding) -> str:
    """`Data!N12`, else the file of the report folder or narrative, or the section and slot."""
    place = finding.place
    file = "" if place.file.endswith(".xlsx") else place.file
    return f"{file} {place if place.sheet or place.line or place.slot else ''}".strip()


def test_the_base_workbook_has_no_findings(tmp_path: Path) -> None:
    assert findings_after(tmp_path, "july-2023.xlsx", {}, {}) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.at}")
def test_it_fires_at_the_cell_to_mend(case: Case, tmp_path: Path) -> None:
    folder = tmp_path / case.code.replace(".", "-")
    found = [f for f in findings_after(folder, case.name, case.cells, case.files) if f.code == case.code]

    assert [where(finding) for finding in found] == case.places
    (rule,) = (rule for rule in all_rules() if rule.code == case.code)
    assert {finding.severity for finding in found} == {rule.severity}


@pytest.mark.parametrize("case", [case for case in CASES if case.near or case.near_files], ids=lambda case: case.code)
def test_it_is_silent_at_a_near_miss(case: Case, tmp_path: Path) -> None:
    found = findings_after(tmp_path, "july-2023.xlsx", case.near, case.near_files)

    assert case.code not in [finding.code for finding in found]


def test_every_rule_has_a_case() -> None:
    codes = {rule.code for rule in all_rules()}
    cases = {case.code for case in CASES} | {HIDDEN.code}

    assert cases | set(ELSEWHERE) == codes
    for code, file in ELSEWHERE.items():
        assert code in (Path(__file__).parent / f"{file}.py").read_text(encoding="utf-8")


WARNINGS = {
    "data.missing-figure",
    "data.indicator-without-data",
    "data.unknown-indicator",
    "data.unwanted-row",
    "benchmark.unwanted",
    "data.number-as-text",
    "sheet.hidden",
    "data.fractional-count",
    "file.name-disagrees",
    "file.open-in-excel",
    "text.windows-1252",
}


def test_only_these_rules_are_no_errors() -> None:
    assert {rule.code for rule in all_rules() if rule.severity.value == "warning"} == WARNINGS
    assert {rule.code for rule in all_rules() if rule.severity.value == "note"} == {"data.nothing-to-divide"}


def test_a_rule_says_what_is_wrong_and_how_to_mend_it() -> None:
    for rule in all_rules():
        assert rule.title and rule.message and rule.hint


def test_what_is_hidden_is_told_where_it_begins(tmp_path: Path) -> None:
    import openpyxl

    write_report(tmp_path, TOML)
    path = write_workbook(tmp_path / "july-2023.xlsx", BASE)
    book = openpyxl.load_workbook(path)
    book["Data"].row_dimensions[6].hidden = book["Data"].row_dimensions[7].hidden = True
    book["Data"].column_dimensions["D"].hidden = True
    book["Marks"].sheet_state = "hidden"
    book.save(path)

    findings = load_workbook(path).findings
    assert [(f.code, f.severity.value, where(f)) for f in findings] == [
        ("sheet.hidden", "warning", "Data!D1"),
        ("sheet.hidden", "warning", "Data!A6"),
        ("sheet.hidden", "warning", "Marks"),
    ]


def test_an_unknown_name_brings_the_nearest(tmp_path: Path) -> None:
    wrong = {
        "Data!A6": "movess",
        "Data!B5": "valu",
        "Marks!B2": "Jnue 23",
        "Benchmarks!B2": "SNN",
        "Narrative!A2": "caer",
    }
    messages = " ".join(f.message for f in findings_after(tmp_path, "july-2023.xlsx", wrong, {}))

    for name in ("moves", "value", "SN", "care"):
        assert f"did you mean '{name}'?" in messages or f"did you mean '{name.title()}'?" in messages
