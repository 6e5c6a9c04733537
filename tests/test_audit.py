"""Audits: every figure that a report prints, with what it was computed from, and nothing that it hides."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from hashlib import sha256
from math import ceil
from pathlib import Path

import pytest

from benchmarks.everything import everything_on
from cpreport.compose.formulas import formula
from cpreport.compose.sandbox import compose_text
from cpreport.editions.audit import audit_file
from cpreport.inputs.audit import audit_in
from cpreport.model.audit import Audit
from cpreport.model.chart import Chart
from cpreport.model.document import Block, List, Note, Paragraph, Table, Text, plain, printed_in, shown_in
from cpreport.model.finding import Place
from cpreport.model.number import rounded
from cpreport.model.period_text import parse_period
from cpreport.model.working import Working, difference, mean_of, product, quotient, rounded_up, size_of, total
from cpreport.office.files import remembering_inputs
from cpreport.pipeline import Month, load_workbook

from .example_month import Rows
from .test_figures import toml
from .workbooks import changed, data_of, write_report, write_workbook

EXAMPLES = Path(__file__).parents[1] / "examples"
MONTHS = ("Jul 22", "Aug 22", "Sep 22", "Oct 22", "Nov 22", "Dec 22", "Jan 23", "Feb 23", "Mar 23", "Apr 23")
MONTHS += ("May 23", "Jun 23", "Jul 23")
PEERS = {"Bolton": (61703, 689311), "Bury": (34719, 431807), "Derby": (64217, 596911), "Leeds": (127903, 1705813)}
DATA: Rows = [
    ["Indicator", "Figure", *MONTHS],
    ["care", "numerator", *(41357 + 211 * at for at in range(13))],
    ["population", "value", *(980503 + 17 * at for at in range(13))],
    ["far", "numerator", *(6151 + 37 * at for at in range(13))],
    ["near", "value", *(34811 - 13 * at for at in range(13))],
    ["mean", "numerator", *(52631 + 19 * at for at in range(13))],
    ["mean", "denominator", *(21701 + 11 * at for at in range(13))],
    ["moves", "value", *(3121 + 29 * at for at in range(13))],
    ["typed", "value", *(round(71.8133 + 0.0171 * at, 4) for at in range(13))],
    ["placed", "numerator", 7219, 7283, 7247, 7331, 7229, 7307, 7253, 7297, 7237, 7321, 7243, 7309, 7291],
    ["placed", "denominator", *(9311 + 3 * at for at in range(13))],
]
SHEETS = {
    "About": [
        ["Key", "Value"],
        ["Reporting period", "Jul 2023"],
        ["Last report", "Jun 2023"],
        ["Authority", "Kirklees"],
    ],
    "Data": DATA,
    "Benchmarks": [["Indicator", "Benchmark", "Value", "Period"], ["far", "England", 15.8317, "2021/22"]],
    "Breakdowns": [
        ["Breakdown", "Category", "Group", "Count", "Period"],
        *(
            ["types", category, group, number + (when == "Jul 23") * 101, when]
            for category, group, number in (
                *(("Foster care", "Girls", 1123), ("Foster care", "Boys", 2239)),
                *(("Residential", "Girls", 1361), ("Residential", "Boys", 1468)),
            )
            for when in ("Jul 22", "Jul 23")
        ),
    ],
    "Peers": [
        ["Authority", "Indicator", "Period", "Numerator", "Denominator", "Value"],
        *([name, "care", "Jun 23", count, people, None] for name, (count, people) in PEERS.items()),
    ],
    "Narrative": [["Section", "Slot", "Text"]],
    "Marks": [["Indicator", "Period", "Figure", "Mark", "Note"]],
}
_TARGET = "target = {}, polarity = '{}'"
INDICATORS = (
    toml(
        "care rate per = 10_000, shows = 'count', decimals = 4, denominator = 'population', "
        + _TARGET.format(400, "low"),
        "far percentage shows = 'fraction', kind = 'flow', decimals = 4, denominator = 'care/numerator', "
        f"cumulative = 'financial-year', cumulative_in = 'table', {_TARGET.format(10, 'low')}",
        "near number kind = 'flow'",
        "share percentage shows = 'count', decimals = 4, numerator = 'far/numerator', denominator = 'care/numerator', "
        f"tolerance = '3 points', {_TARGET.format(50, 'high')}",
        f"mean average shows = 'fraction', decimals = 4, {_TARGET.format(2, 'low')}",
        f"moves number kind = 'flow', cumulative = 'financial-year', {_TARGET.format(30000, 'low')}",
        "typed percentage decimals = 4, baseline.period = 'Nov 17', baseline.value = 65.6",
        f"placed percentage kind = 'flow', shows = 'fraction', {_TARGET.format(80, 'high')}",
    )
    + """
[[series]]
id = "population"
title = "Population"

[[breakdowns]]
id = "types"
title = "Placed far away, by type"
of = "far/numerator"
group_heading = "Gender"
"""
)
NAMES = ("care", "far", "near", "share", "mean", "moves", "typed", "placed")
REPORT = f"""
title = "Report"

[[comparators]]
id = "England"
heading = "England"
name = "England"

[[comparators]]
id = "SN"
heading = "SN"
name = "Neighbours"

[[peers]]
id = "SN"
name = "Neighbours"
average = "pooled"
fewest = 3

[scorecard]
columns = ["title", "target", "figure", "status", "direction", "judgement", "baseline"]

[tables]
judgement = true
mean = 3
year_end = true
last_report = true

[[sections]]
id = "care"
title = "Care"
template = "care.md"
indicators = {list(NAMES)}
slots = [{{ id = "good", title = "Good" }}]
"""
TEMPLATE = """# Care

{{ at_a_glance(30) }}

{{ indicator_table(section.indicators) }}

{{ indicator_table(["care", "share", "placed"], pairs=true, periods=[-2, -1, 0]) }}

{{ scorecard(section.indicators) }}

{{ progress_lists(section.indicators) }}

{{ history_table(["care", "placed", "moves"]) }}

{{ breakdown_table("types") }}

{{ breakdown_table("types", show="share", compare=none) }}

{{ peer_table("care", sort="figure") }}

{{ trend_chart(["far", "share"], comparators=["England"]) }}

{{ variation_chart("placed") }}

{{ comparison_chart("care") }}

{{ breakdown_chart("types") }}

{{ breakdown_chart("types", share=true, stacked=true, compare=none) }}

{{ narrative("good") }}
"""
TAGS = [
    *(
        f'indicator("{name}").{what}'
        for name in NAMES
        for what in (
            *("now", "now.value", 'at("Jun 23")', "peak(3)", "low(3)", "mean(3)", "previous.value", "year_ago"),
            *('change(since="May 23")', 'change(since="Jun 23").percent', "change().size", "year_ago.value"),
        )
    ),
    *(
        f'indicator("{name}").{what}'
        for name in ("care", "far", "share", "mean", "placed")
        for what in ("now.count", "now.denominator", "change().count", "mean(3).count")
    ),
    *(f'indicator("{name}").sum(3)' for name in ("far", "near", "moves", "placed")),
    *('indicator("far").sum(3).count', 'indicator("placed").sum("2022/23").denominator'),
    *(f'indicator("{name}").year_to_date' for name in ("far", "moves")),
    *('indicator("far").year_to_date.count', 'indicator("far").year_to_date.denominator'),
    *(f'indicator("{name}").target' for name in ("care", "far", "moves", "placed")),
    *(f'indicator("{name}").to_target' for name in ("care", "share", "placed", "moves")),
    *(f'indicator("{name}").one_child' for name in ("care", "share", "far")),
    *('indicator("far").benchmark("England")', 'indicator("care").benchmark("SN")', 'indicator("care").gap("SN")'),
    *('indicator("share").gap("target")', 'indicator("typed").baseline', 'indicator("typed").baseline.value'),
    *('indicator("care").rank("SN")', 'breakdown("types").total', 'breakdown("types").largest()'),
    *('breakdown("types").category("Foster care")', 'breakdown("types").category("Residential", "Boys").share'),
    *('breakdown("types").year_ago.category("Residential").count', "indicator('near').now.value / 3", "7 / 2", "2 + 3"),
    "indicator('care').now.count - indicator('far').now.count + indicator('near').now.value / 2",
    "-indicator('near').now.value",
]


def sheets_with(*more: Sequence[object], **cells: object) -> dict[str, list[list[object]]]:
    """The sheets with every tag in the narrative, more rows on Marks and other values in cells."""
    made = changed(SHEETS, {name.replace("_", "!"): value for name, value in cells.items()})
    said = [f"It is {{{{ {tag} }}}}." for tag in TAGS]
    made["Narrative"] += [["care", "good", " ".join(said[at : at + 20])] for at in range(0, len(said), 20)]
    made["Marks"] += map(list, more)
    return made


def everything(folder: Path, *more: Sequence[object], **cells: object) -> Month:
    write_report(folder, INDICATORS, report=REPORT, care=TEMPLATE)
    return load_workbook(write_workbook(folder / "july-2023.xlsx", sheets_with(*more, **cells)))


def everything_of_the_example(folder: Path) -> Month:
    folder.mkdir()
    workbook = everything_on(folder)
    return load_workbook(workbook, report=workbook.parent)


REPORTS = {
    "july": lambda _: load_workbook(EXAMPLES / "july-2023.xlsx"),
    "february": lambda _: load_workbook(EXAMPLES / "march-2022" / "february-2022.xlsx"),
    "quarter": lambda _: load_workbook(EXAMPLES / "q4-2016-17" / "q4-2016-17.xlsx"),
    "everything": everything,
    "everything of the example": everything_of_the_example,
}


@cache
def report(name: str, folder: Path) -> Month:
    """A report by its name, made once."""
    found: Month = REPORTS[name](folder / name)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("audit")


@pytest.fixture(scope="module", params=REPORTS)
def month(request: pytest.FixtureRequest, folder: Path) -> Month:
    return report(request.param, folder)


@pytest.fixture(scope="module")
def audit(month: Month) -> Audit:
    return month.audit(EXAMPLES)


NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
PERIOD = re.compile(
    r"(?:\d{1,2} )?[A-Z][a-z]+ \d{4}|(?:\d{1,2} )?[A-Z][a-z]{2} \d\d\b|\d{4}/\d\d"
    r"|(?:[A-Z][a-z]{2}-[A-Z][a-z]{2}|[A-Z][a-z]+ Term|Q[1-4]) \d\d/\d\d(?: Q[1-4])?"
)
OF_WORDS = {
    *("Key indicator", "Type of measure", "Indicator", "Reference", "Comment", "Good is", "Period", "Authority"),
    *("Judgement", "Direction"),
}
"""The headings of columns that hold no figure."""


def numbers(text: str, *known: str) -> set[str]:
    """The numbers of a text, without those of periods and of titles that are known."""
    for words in known:
        text = text.replace(words, "")
    return set(NUMBER.findall(PERIOD.sub("", text)))


def lines_of(blocks: Iterable[Block]) -> Iterator[Text]:
    for block in blocks:
        match block:
            case Table():
                yield from (line for row in block.rows for cell in row.cells for line in cell.lines)
            case List():
                for entry in block.entries:
                    yield entry.text
                    yield from lines_of(entry.below)
            case Paragraph() | Note():
                yield block.text


def told(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in NUMBER.findall(text)}


def test_every_number_that_is_printed_is_in_the_audit(month: Month, audit: Audit) -> None:
    names = sorted(
        (name for each in month.folder.indicators.values() for name in (each.name, each.title)), key=len, reverse=True
    )
    counted = 0
    for section in month.report.sections:
        known = {each.text for each in audit.figures if each.section == section.id}
        for block in section.blocks:
            shown = told(each.text for each in shown_in([block]))
            own = printed_in(block, (each for each in audit.figures if each.section == section.id))
            assert {each.text for each in own} == {each.text for each in shown_in([block])}
            assert {each.text for each in shown_in([block])} <= known
            if isinstance(block, Chart):
                units = [block.unit, *(series.name for series in block.series), *block.categories, "0–17"]
                assert (
                    numbers(f"{re.sub(r' .[0-9].$', '', block.caption)}; {block.description}", *names, *units) <= shown
                )
                assert all(point.basis for series in block.series for point in series.points if point.value is not None)
            elif isinstance(block, Table) and shown:
                for row in block.rows:
                    for heading, cell in zip(block.headings, row.cells, strict=True):
                        if plain(heading.lines[0]) not in {*OF_WORDS, block_heading(block)}:
                            printed = numbers(" ".join(map(plain, cell.lines)))
                            assert printed <= told(each.text for each in cell.shown), (block.caption, cell)
                            counted += len(printed)
            elif isinstance(block, Paragraph | Note) and block.shown:
                text = "".join(span.text for span in block.text if not span.link)
                assert numbers(text, *names) <= shown, text
        for line in lines_of(section.blocks):
            for span in line:
                if span.source and numbers(span.text):
                    assert span.text in known or not span.source.indicator, span
                    counted += 1
    assert counted > 30


def block_heading(table: Table) -> str:
    return plain(table.headings[0].lines[0])


def test_formulas_give_the_values_and_values_the_texts(audit: Audit) -> None:
    check_figures(audit)
    assert any("mean of" in each.formula for each in audit.figures) or len(audit.figures) > 50


def check_figures(audit: Audit) -> None:
    for each in audit.figures:
        if each.value is None:
            assert not each.formula
            assert each.state != "present", each
            continue
        assert each.state == "present"
        if each.formula:
            assert evaluated(each.formula) == each.value, each
        if each.what != "rank":
            printed = (found.replace(",", "") for found in NUMBER.findall(each.text))
            decimals = {number: len(number.partition(".")[2]) for number in printed}
            assert any(rounded(each.value, places).replace(",", "") == number for number, places in decimals.items()), (
                each
            )


def evaluated(text: str) -> Fraction:
    """The value of a formula, read without anything that wrote it."""
    values: list[Fraction] = []
    text = re.sub(r"(?<=\d),(?=\d)", "", text)
    while found := re.search(r"\(([^()]*)\)", text):
        values.append(_flat(found[1], values))
        text = f"{text[: found.start()]}#{len(values) - 1}{text[found.end() :]}"
    return _flat(text, values)


def _flat(text: str, values: Sequence[Fraction]) -> Fraction:
    if text.endswith(", rounded up, at least 0"):
        return Fraction(max(0, ceil(_flat(text.removesuffix(", rounded up, at least 0"), values))))
    if text.endswith(", without its sign"):
        return abs(_flat(text.removesuffix(", without its sign"), values))
    if mean := re.match(r"mean of (\d+) figures: (.*)", text):
        terms = [_flat(term, values) for term in mean[2].split("; ")]
        assert len(terms) == int(mean[1])
        return sum(terms, Fraction(0)) / len(terms)
    total, sign = Fraction(0), 1
    for term in re.split(r" ([+−]) ", text):
        if term in "+−":
            sign = 1 if term == "+" else -1
            continue
        first, *others = re.split(r" ([×÷]) ", term)
        value = _atom(first, values)
        for operation, other in zip(others[::2], others[1::2], strict=True):
            value = value * _atom(other, values) if operation == "×" else value / _atom(other, values)
        total += sign * value
    return total


def _atom(text: str, values: Sequence[Fraction]) -> Fraction:
    return values[int(text[1:])] if text.startswith("#") else Fraction(text)


@pytest.mark.parametrize(
    ("working", "text"),
    [
        (Working(Fraction(5)), ""),
        (quotient(Working(Fraction(100)), Working(Fraction(83)), Working(Fraction(617))), "100 × 83 ÷ 617"),
        (
            product(Working(Fraction(2)), total(Working(Fraction(97842)), Working(Fraction(1, 8)))),
            "2 × (97,842 + 0.125)",
        ),
        (
            difference(Working(Fraction(1, 3)), difference(Working(Fraction(-2)), Working(Fraction(3)))),
            "(1/3) − ((-2) − 3)",
        ),
        (quotient(Working(Fraction(1)), quotient(Working(Fraction(2)), Working(Fraction(3)))), "1 ÷ (2 ÷ 3)"),
        (size_of(difference(Working(Fraction(1)), Working(Fraction(4)))), "1 − 4, without its sign"),
        (
            rounded_up(mean_of(Working(Fraction(1)), Working(Fraction(4)))),
            "(mean of 2 figures: 1; 4), rounded up, at least 0",
        ),
    ],
)
def test_formulas_are_read_as_they_are_computed(working: Working, text: str) -> None:
    assert formula(working) == text
    assert not text or evaluated(text) == working.value


@pytest.mark.parametrize("line", ["{% set q = q.size %}", "{% set q = -q %}", "{% set q = q + q %}"])
def test_a_number_that_takes_a_tag_many_steps_is_known_without_them(line: str) -> None:
    lines = ["{% set q = 7 / 2 %}", *[line] * 700, "It is {{ q - q + 5 }}.", "{{ q }}"]
    blocks, findings = compose_text("\n".join(lines), {}, Place(line=1))
    shown = [*shown_in(blocks)]

    assert findings == []
    assert shown[0].text == "5.0"
    for text, basis in shown:
        assert basis.working and (not basis.working.terms or evaluated(formula(basis.working)) == basis.working.value)
        assert text == rounded(basis.working.value, 1)


def test_a_figure_names_its_cells_and_what_was_found_there(tmp_path: Path) -> None:
    month = everything(tmp_path, Data_O2=4)
    ours = [each for each in month.audit(tmp_path).figures if not each.comparator]
    found = {(each.subject, each.period, each.what): each for each in reversed(ours)}
    care = found["care", "Jul 23", ""]

    assert (care.text, care.value, care.formula) == ("0.0408 (4)", Fraction(40000, 980707), "10,000 × 4 ÷ 980,707")
    assert (care.cells, care.state, care.direction) == (("Data!O2", "Data!O3"), "present", "down")
    assert (care.target, care.status, care.judgement) == ("400", "on target", "too few to say")
    assert set(care.rules) == {each.code for each in month.findings if is_about(each.place, "care", {"O2", "O3"})}
    assert "data.numerator-exceeds-denominator" in found["far", "Jul 23", "numerator"].rules


def test_what_counts_several_indicators_has_no_findings(folder: Path) -> None:
    figures = report("quarter", folder).audit(folder).figures
    counts = {each.text: (each.value, each.rules) for each in figures if not each.subject}

    assert counts["7 on target"] == (7, ())


def is_about(place: Place, indicator: str, cells: set[str]) -> bool:
    return (place.indicator, place.period) == (indicator, "Jul 23") or (place.sheet == "Data" and place.cell in cells)


def test_a_draft_has_no_number_that_is_wrong(tmp_path: Path) -> None:
    audit = everything(tmp_path, ("placed", "Jul 23", None, "[x]"), Data_O8=-4717).audit(tmp_path, draft=True)
    ours = [each for each in audit.figures if each.period == "Jul 23" and not each.comparator]

    assert (audit.is_draft, audit.options) == (True, {"draft": "true"})
    assert {each.state for each in ours if (each.subject, each.what) == ("moves", "")} == {"[data error]"}
    assert {(each.state, each.value) for each in ours if (each.subject, each.what) == ("placed", "numerator")} == {
        ("not available", None)
    }
    assert not [each for each in audit.figures if "4,717" in f"{each.text} {each.formula}"]


def test_no_path_is_absolute_and_the_place_changes_nothing_else(folder: Path, tmp_path: Path) -> None:
    month = report("everything", folder)
    place = Path(month.folder.root)
    for beside in (place, place / "out", place.parent / "elsewhere" / "out"):
        audit = month.audit(beside)
        own = [each.path for each in audit.inputs if not each.path.startswith("packaged: ")]

        assert str(folder) not in audit_file(audit).decode()
        assert {Path(path).name for path in own} == {"july-2023.xlsx", "report.toml", "indicators.toml", "care.md"}
        assert all(Path(os.path.normpath(beside / path)).is_file() for path in own)
    shutil.copytree(place, tmp_path / "moved")
    moved = load_workbook(tmp_path / "moved" / "july-2023.xlsx")
    assert audit_file(moved.audit(tmp_path / "moved")) == audit_file(month.audit(place))


def test_several_workbooks_of_one_run_have_their_own_inputs(tmp_path: Path) -> None:
    with remembering_inputs():
        audits = []
        for name in ("one", "two"):
            with remembering_inputs():
                audits.append(data_of(tmp_path / name, DATA[:2], toml("care number")).audit(tmp_path / name))

    assert audits[0].inputs == audits[1].inputs
    assert len(audits[0].inputs) > 3


def test_it_says_how_it_was_asked_for(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    path = everything(tmp_path)._read.path
    month = load_workbook(
        path,
        report=tmp_path,
        period=parse_period("Jun 23"),
        narrative=tmp_path / "texts",
        accept_tracked=True,
        sheet="Data",
    )

    assert month.audit(tmp_path / "out").options == {
        "period": "2023-06",
        "report": "..",
        "narrative": "../texts",
        "accept_tracked": "true",
        "sheet": "Data",
    }


def test_a_narrative_is_known_by_its_printed_words(folder: Path) -> None:
    (text,) = report("everything", folder).audit(folder).texts
    lists = [block for block in report("everything", folder).report.sections[0].blocks if isinstance(block, List)]
    words = "\n".join(plain(entry.text) for entry in lists[0].entries)

    assert (text.section, text.slot, text.title) == ("care", "good", "Good")
    assert text.sha256 == sha256(words.encode()).hexdigest()


def test_what_people_decided_is_in_it(folder: Path) -> None:
    audit = report("quarter", folder).audit(EXAMPLES)
    decided = [each for each in audit.findings if each.decided]

    assert [(each.code, each.place) for each in decided] == [("status.overridden", "Status!B2")]
    assert "more than a month since Quarter 4 of 2015/16" in decided[0].decided
    assert [each.code for each in audit.findings if not each.decided] == [
        each.code for each in report("quarter", folder).findings
    ]


def test_definitions_are_what_indicators_toml_says_besides_defaults(folder: Path) -> None:
    found = {each.id: each for each in report("everything", folder).audit(folder).indicators}

    far = {"polarity": "low", "shows": "fraction", "decimals": "4", "benchmark_decimals": "1"}
    far |= {"measure": "percentage", "unit": "% (number/out of)", "denominator": "care/numerator", "target": "10"}
    far |= {"cumulative": "financial-year", "cumulative_in": "table", "direction": "false", "kind": "flow"}
    assert found["far"].definition == far
    assert found["typed"].definition["baseline"] == "65.6 (Nov 17)"
    assert found["share"].definition["tolerance"] == "3 points"
    share = found["share"]
    assert (share.newest, share.direction, share.target, share.status) == ("Jul 23", "up", "50%", "off target")


HIDDEN = {
    "figures of this month": (
        [("care", "Jul 23", None, "[c]"), ("placed", "Jul 23", "numerator", "[c]"), ("moves", "May 23", None, "[c]")],
        {"Breakdowns_D3": "[c]"},
        {0: [(43889,), (7291,), (3411,), (1224,)], 4: [(10_000 * 43889, 980707)], 1: [(100 * 7291, 9347)]},
    ),
    "earlier ones and those of others": (
        [("placed", "Oct 22", None, "[c]"), ("mean", "Jun 23", None, "[c]")],
        {"Peers_D3": "[c]"},
        {
            0: [(7331,), (9320,), (52840,), (21822,), (34719,)],
            1: [(100 * 7331, 9320)],
            4: [(52840, 21822), (10_000 * 34719, 431807)],
        },
    ),
}


@pytest.mark.parametrize("hidden", HIDDEN)
def test_nothing_that_is_hidden_can_be_read_from_it(folder: Path, tmp_path: Path, hidden: str) -> None:
    marks, cells, exact = HIDDEN[hidden]
    values = [(Fraction(*parts), places) for places, several in exact.items() for parts in several]
    written = [{rounded(value, places), str(value)} for value, places in values]
    patterns = [[rf"(?<![\d.,/]){re.escape(text)}(?![\d/]|[.,]\d)" for text in texts] for texts in written]
    before = audit_file(report("everything", folder).audit(folder)).decode()
    month = everything(tmp_path, *marks, **cells)

    for several in patterns:
        assert any(re.search(pattern, before) for pattern in several)
    for is_draft in (False, True):
        after = audit_file(month.audit(tmp_path, draft=is_draft)).decode()
        for value, several in zip(values, patterns, strict=True):
            assert not any(re.search(pattern, after) for pattern in several), value


def test_what_is_written_is_read_back(audit: Audit) -> None:
    assert audit_in(audit_file(audit), "july-2023.audit.json") == audit
