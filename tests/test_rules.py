"""Every rule fires at the very cell to correct, and keeps silent where nothing is wrong."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from string import Formatter

import pytest

from cpreport.model.finding import Finding, Place, Rule
from cpreport.model.rules import all_rules
from cpreport.pipeline import load_workbook

from .example_month import INDICATORS, NAME, REPORT, Added, Change, Formula, Replaced, Shown
from .rules.by_code import EXAMPLES
from .workbooks import example_month, write_example

CARE = "narrative/2023-07/care.md"
CARRIED = Replaced('"Children aged 0-17"', '"Children aged 0-17"\ncarry = true')
_BENCHMARKS = "Indicator,Benchmark,Value\n"
RULES = {rule.code: rule for rule in all_rules()}

FURTHER: list[tuple[str, str, Change, Change | None]] = [
    ("sheet.column-missing", "Benchmarks!A1", {"Benchmarks!C1": "Values"}, {"Benchmarks!C1": "VALUE"}),
    ("sheet.column-twice", "Benchmarks!F1", {"Benchmarks!F1": "value"}, {"Benchmarks!F1": "remark"}),
    ("data.header-day", "About!B2", {"About!B2": date(2023, 7, 14)}, {"About!B2": date(2023, 7, 31)}),
    *(
        ("data.time-of-day", cell, {**more, cell: datetime(2023, 7, 31, 23)}, {**more, cell: datetime(2023, 7, 31)})
        for cell, more in (
            ("About!B2", {}),
            ("About!B3", {}),
            ("About!B4", {"About!A4": "Data as at"}),
            ("About!B4", {"About!A4": "Benchmark period"}),
            ("Benchmarks!D2", {}),
            ("Marks!B2", {}),
            ("Narrative!D2", {"Narrative!D1": "Period"}),
            ("Breakdowns!E2", {}),
        )
    ),
    ("data.indicator-not-text", "Benchmarks!A2", {"Benchmarks!A2": 4.1}, None),
    ("data.indicator-not-text", "Marks!A2", {"Marks!A2": 4.1}, None),
    ("data.unknown-figure", "Marks!C2", {"Marks!C2": "count"}, {"Marks!C2": "VALUE"}),
    ("data.header-not-a-period", "Data!H1", {"Data!H6": 5}, {"Data!H6": "a remark"}),
    ("data.not-a-number", "Data!F6", {"Data!F6": True}, {"Data!F6": " "}),
    ("breakdown.not-a-count", "Breakdowns!D3", {"Breakdowns!D3": "-21"}, {"Breakdowns!D3": "21"}),
    ("data.formula-without-result", "Data!F1", {"Data!F1": Formula("E1+31")}, None),
    ("data.formula-without-result", "Data!A6", {"Data!A6": Formula("B9")}, None),
    ("data.formula-without-result", "Narrative!C2", {"Narrative!C2": Formula("B9")}, None),
    ("data.excel-error", "Data!D1", {"Data!D1": "#REF!"}, None),
    ("data.excel-error", "Data!A6", {"Data!A6": "#N/A"}, None),
    ("data.unexpected-percent", "Benchmarks!C2", {"Benchmarks!C2": Shown(0.9, "0%")}, None),
    (
        "data.above-100-percent",
        "Benchmarks!C2",
        {"Benchmarks!A2": "far", "Benchmarks!C2": 101},
        {"Benchmarks!C2": 101},
    ),
    *(
        (code, "benchmarks.csv line 2", {"benchmarks.csv": f"{_BENCHMARKS}far,SN,{number}\n"}, no_finding)
        for code, number, no_finding in (
            ("data.above-100-percent", "100.5", {"benchmarks.csv": f"{_BENCHMARKS}far,SN,100\n"}),
            ("data.number-as-text", "95%", None),
        )
    ),
    ("data.missing-figure", "Data!E8", {"Data!E8": None}, {"Data!D7": None, "Data!D8": None}),
    ("data.missing-figure", "Data!E6", {"Data!E6": None}, {"Data!D6": None}),
    ("marks.without-figure", "Marks!D2", {"Marks!B2": "Jul 26"}, {"Marks!B2": "Jul 22"}),
    ("data.row-missing", "Data!D2", {f"Data!{c}3": None for c in "ABCDEF"}, None),
    (
        "marks.without-figure",
        "Marks!D2",
        {"Marks!A2": "population", "Data!F3": None, "Marks!B2": "Aug 23", "indicators.toml": CARRIED},
        {"Marks!A2": "population", "indicators.toml": CARRIED},
    ),
    ("narrative.unknown-section", "cares.md", {"narrative/2023-07/cares.md": "# Next"}, None),
    ("narrative.unknown-slot", "care.md line 2", {CARE: "\n## Nexts\n"}, {CARE: "## What is next\n"}),
    ("definition.glossary", "glossary.csv", {"glossary.csv": "word,meaning\na,b\n"}, None),
    ("definition.glossary-line", "glossary.csv line 3", {"glossary.csv": "term,description\na,b\nc\td\n"}, None),
    ("text.windows-1252", "care.md", {CARE: "# next\n\nCafé".encode("utf-16")}, None),
    ("text.control-character", "care.md line 3", {CARE: "# next\n\nbell \a"}, None),
    *(
        ("definition.invalid", "indicators.toml", {"indicators.toml": Replaced(key, f"{key}\n{more}")}, None)
        for key, more in (
            ('measure = "number"', "target = nan"),
            ('measure = "number"', "targets = [{ value = inf }]"),
            ('measure = "number"', "lag = -1"),
            ('measure = "number"', "per = 5"),
            ('measure = "rate"', f"per = 0x{'f' * 9000}"),
            ('frequency = "quarter"', 'cumulative = "academic-year"'),
        )
    ),
    *(
        ("definition.invalid", "report.toml", {"report.toml": Added(more)}, None)
        for more in (
            '[terms]\nA = "Sep-Dec"\nB = "Dec-Mar"\n',
            '[terms]\nA = "Sep-Dec"\nB = "Apr-Jul"\nC = "Jan-Mar"\n',
            '[terms]\nA = "Sep"\n',
            "[periods]\nmonth = [0, -1]\n",
        )
    ),
    ("definition.unknown-name", "indicators.toml", {"indicators.toml": Replaced("rate/num", "rates/num")}, None),
    ("definition.toml-syntax", "indicators.toml", {"indicators.toml": Added(f"x = {'9' * 5000}")}, None),
    ("definition.toml-syntax", "indicators.toml", {"indicators.toml": Added(f"x = {'[' * 5000}")}, None),
    ("definition.file-missing", "report.toml", {"report.toml": Replaced("care.md", "c" * 5000 + ".md")}, None),
]
"""More ways in which a rule fires: its code, the place, the change, and a near miss."""


def where(finding: Finding) -> str:
    """`Data!N12`, else the file of the report folder or narrative, or the section and slot."""
    place = finding.place
    file = "" if place.file.endswith(".xlsx") else place.file
    return f"{file} {place if place.sheet or place.line or place.slot else ''}".strip()


def test_the_example_month_has_no_findings(tmp_path: Path) -> None:
    assert example_month(tmp_path, {}) == []


def test_every_rule_has_an_example() -> None:
    assert set(EXAMPLES) == set(RULES)


@pytest.mark.parametrize("code", RULES)
def test_a_rule_fires_at_the_cell_to_correct(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    found = [finding for finding in example_month(tmp_path, example.fires) if finding.code == code]

    assert [where(finding) for finding in found] == example.at.split("; ")
    assert {finding.severity for finding in found} == {RULES[code].severity}


@pytest.mark.parametrize("code", [code for code in list(RULES)[::3] if code != "file.too-large"])
def test_a_rule_is_silent_at_a_near_miss(code: str, tmp_path: Path) -> None:
    """Every third rule, but for the largest; the stress tests try all of them."""
    assert code not in [finding.code for finding in example_month(tmp_path, EXAMPLES[code].silent)]


@pytest.mark.parametrize(("code", "at", "fires", "silent"), FURTHER)
def test_a_rule_fires_in_other_ways_too(
    code: str, at: str, fires: Change, silent: Change | None, tmp_path: Path
) -> None:
    found = [finding for finding in example_month(tmp_path / "fires", fires) if finding.code == code]

    assert [where(finding) for finding in found] == [at]
    assert silent is None or code not in [f.code for f in example_month(tmp_path / "silent", silent)]


def test_a_whole_that_differs_in_every_period_is_found_in_each(tmp_path: Path) -> None:
    total = Added('\n[[totals]]\nwhole = "moves"\nparts = ["checks"]\n')
    found = example_month(tmp_path, {"indicators.toml": total})

    assert [where(finding) for finding in found] == ["Data!D6", "Data!E6", "Data!F6"]


def test_a_rule_says_what_is_wrong_and_how_to_correct_it() -> None:
    for rule in all_rules():
        assert rule.title and rule.message and rule.hint


def test_a_rule_says_it_in_thirty_words() -> None:
    lengths = {}
    for rule in all_rules():
        parts = Formatter().parse(f"{rule.message} {rule.hint}")
        lengths[rule.code] = len("".join(text + ("x" if name else "") for text, name, _, _ in parts).split())
    assert {code: words for code, words in lengths.items() if words > 30} == {}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_a_rule_says_none_of_a_list_that_is_empty(rule: Rule) -> None:
    fields = [(name, spec, text) for text in (rule.message, rule.hint) for _, name, spec, _ in Formatter().parse(text)]
    given = {name: date(2023, 7, 1) if "%" in spec else 0 for name, spec, _ in fields if spec}
    found = rule.at(Place(), **{name: given.get(name, ()) for name, _, _ in fields if name})

    for name, spec, text in fields:
        if name and not spec:
            assert "none" in (found.message if text == rule.message else found.hint)


def test_what_the_report_lacks_is_called_none(tmp_path: Path) -> None:
    bare = REPORT.format(listed='["rate"]').partition("[[comparators]]")[0]
    section = '[[sections]]\nid = "care"\ntitle = "Care"\ntemplate = "care.md"\nindicators = ["rate"]\n'
    change: Change = {"report.toml": bare + section, "indicators.toml": INDICATORS}
    hints = {finding.code: finding.hint for finding in example_month(tmp_path, change)}

    assert hints["benchmark.unknown-comparator"] == (
        "Use a comparator of the report (none), or add this one to report.toml or to Comparators in About."
    )
    assert hints["breakdown.unknown"] == "Use a breakdown of indicators.toml (none), or add this one there."
    assert hints["narrative.unknown-slot"] == "Use one of the slots of care: none."


def test_what_is_hidden_is_told_where_it_begins(tmp_path: Path) -> None:
    import openpyxl

    write_example(tmp_path, {})
    path = tmp_path / NAME
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


def test_a_warning_shows_the_figure_that_the_report_prints(tmp_path: Path) -> None:
    found = example_month(tmp_path, {"Data – history!P5": 78.25})
    (jump,) = (finding for finding in found if finding.code == "plausibility.jump")

    assert "78.3%" in jump.message
    assert {row.text for row in load_workbook(tmp_path / NAME).rows() if row.period == "Jul 23"} >= {"78.3%"}


def test_an_unknown_name_brings_the_nearest(tmp_path: Path) -> None:
    wrong = {
        "Data!A6": "movess",
        "Data!B5": "valu",
        "Marks!B2": "Jnue 23",
        "Benchmarks!B2": "SNN",
        "Narrative!A2": "caer",
    }
    messages = " ".join(f.message for f in example_month(tmp_path, wrong))

    for name in ("moves", "value", "SN", "care"):
        assert f"did you mean '{name}'?" in messages or f"did you mean '{name.title()}'?" in messages
