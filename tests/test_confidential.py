"""What is marked [c] is printed nowhere, and cannot be computed from what is printed."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpreport.analysis.disclosure import publishable
from cpreport.analysis.figures import compute_figures
from cpreport.compose.page import fill_page
from cpreport.compose.sandbox import fill_tags
from cpreport.editions.audit import audit_file
from cpreport.editions.front import published
from cpreport.editions.html.document import render_html
from cpreport.forms.making import make_forms
from cpreport.model.folder import Total
from cpreport.model.indicator import Part, Source
from cpreport.pipeline import Month, load_workbook
from cpreport.publishing import build_report

from .example_month import REPORT, Rows
from .test_figures import toml
from .workbooks import (
    changed,
    checked,
    data_of,
    figure,
    month_of,
    texts,
    told,
    unread,
    write_report,
    write_workbook,
)

MONTHS = ("May 23", "Jun 23", "Jul 23")
DATA: Rows = [
    ["Indicator", "Figure", *MONTHS],
    ["care", "numerator", 40961, 41077, 41357],
    ["population", "value", 980503, 980717, 981317],
    ["far", "numerator", 6151, 6263, 6379],
    ["near", "value", 34810, 34814, 34978],
    ["placed", "value", 7219, 7309, 7411],
    ["mean", "numerator", 52631, 52837, 53051],
    ["mean", "denominator", 21701, 21817, 21929],
    ["moves", "value", 3121, 3253, 3359],
    ["typed", "value", 71.8133, 72.9171, 73.6817],
]
INDICATORS = (
    toml(
        "care rate per = 10_000, shows = 'count', decimals = 4, denominator = 'population'",
        "far percentage shows = 'fraction', kind = 'flow', decimals = 4, denominator = 'care/numerator'",
        "near number kind = 'flow'",
        "share percentage shows = 'count', decimals = 4, numerator = 'placed', denominator = 'care/numerator'",
        "placements number numerator = 'placed'",
        "mean average shows = 'fraction', decimals = 4",
        "same percentage shows = 'count', numerator = 'far/numerator', denominator = 'mean/denominator', decimals = 4",
        "moves number kind = 'flow', cumulative = 'financial-year'",
        "typed percentage decimals = 4",
    )
    + """
[[series]]
id = "population"
title = "Population"

[[series]]
id = "placed"
title = "Placed"

[[breakdowns]]
id = "types"
title = "Placed far away, by type"
of = "far/numerator"

[[totals]]
whole = "care/numerator"
parts = ["far/numerator", "near"]
"""
)
ROWS = tuple((str(row[0]), str(row[1])) for row in DATA[1:])
OF_SERIES = {"population": ("care",), "placed": ("share", "placements")}
"""The indicators that print a series: with it their figures are marked."""

TAGS = " ".join(
    f'{{{{ indicator("{name}").{what} }}}}'
    for name in ("care", "far", "near", "share", "placements", "mean", "same", "moves", "typed")
    for what in (
        *("now", 'at("Jun 23")', "peak(3)", "mean(3)", 'change(since="May 23")', "previous.value", "sum(3)"),
        *('mean(2, until="Jun 23")', 'change(since="May 23").count', 'change(since="Jun 23").percent'),
    )
)
BREAKDOWN: Rows = [
    ["Breakdown", "Category", "Group", "Count", "Period"],
    ["types", "Foster care", None, 4217, "Jul 23"],
    ["types", "Residential", None, 2162, "Jul 23"],
]


def report_of(folder: Path, *marks: tuple[str, str, str | None]) -> Month:
    """The report with these figures marked confidential, each as indicator, period and part."""
    sheets = {
        "Data": DATA,
        "Breakdowns": BREAKDOWN,
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", '{{ breakdown_table("types") }}']]
        + [["care", "next", tag + "}}"] for tag in TAGS.split("}}") if tag.strip()],
        "Marks": [["Indicator", "Period", "Figure", "Mark"], *((n, when, part, "[c]") for n, when, part in marks)],
    }
    return month_of(folder, sheets, INDICATORS)


@cache
def shown_unmarked(folder: Path) -> Mapping[tuple[str, str], str]:
    """What each figure prints if nothing is marked."""
    return {(row.indicator, row.period): row.text for row in report_of(folder).rows()}


def printed_everywhere(month: Month, path: Path) -> Iterator[tuple[str, str]]:
    """Every text of the draft, the forms, the HTML file, the listing and the audits, by where it is."""
    documents = {"draft": build_report(month, draft=True)}
    documents |= {file.path.name: file.content for file in forms_of(path)}
    for name, content in documents.items():
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield f"{name} {part}", re.sub("<[^>]*>", " ", archive.read(part).decode("utf-8", "replace"))
    yield "page", html_of(month, path)
    yield "figures", json.dumps([row.record() for row in month.rows()])
    for draft in (False, True):
        yield f"audit, draft: {draft}", audit_file(month.audit(path.parent, draft=draft)).decode()


def html_of(month: Month, path: Path) -> str:
    """The draft as HTML, with where its figures come from."""
    report, folder = month.with_data_errors(), month.folder
    fill, figures = partial(fill_tags, report=report), month.audit(path.parent, draft=True).figures
    publication = published(report, folder.shell.content, folder.default_shell, fill, figures)
    return render_html(publication, folder.page_html, folder.page_css, partial(fill_page, report=report))


def forms_of(path: Path) -> tuple:
    try:
        return make_forms(path).files
    except Exception as refused:
        assert "data.confidential-computable" in str(vars(refused)), refused
        return ()


@pytest.mark.parametrize(("whole", "period"), [(True, "Jul 23"), (True, "Jun 23"), (False, "Jul 23")])
@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_a_marked_number_is_in_no_part_of_anything(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, row: tuple[str, str], whole: bool, period: str
) -> None:
    name, part = row
    column = DATA[0].index(period)
    numbers = [r[column] for r in DATA[1:] if r[0] == name and (whole or r[1] == part)]
    shown = shown_unmarked(tmp_path_factory.getbasetemp() / "unmarked")
    hidden = {f"{number:,}" for number in numbers} | {str(number) for number in numbers}
    hidden |= {shown[other, period].split()[0] for other in OF_SERIES.get(name, (name,))}

    month = report_of(tmp_path, (name, period, None if whole else part))

    for where, text in printed_everywhere(month, tmp_path / "july-2023.xlsx"):
        found = [number for number in hidden if re.search(rf"(?<![\d.,]){re.escape(number)}(?![\d])", text)]
        assert not found, (where, found)


def test_a_breakdown_of_a_confidential_figure_is_withheld(tmp_path: Path) -> None:
    month = report_of(tmp_path, ("far", "Jul 23", None))

    counts = [(count.count, count.state.value) for count in month.workbook.breakdowns]

    assert counts == [(None, "confidential")] * 2


def test_no_value_that_is_published_holds_a_confidential_number(tmp_path: Path) -> None:
    month = report_of(tmp_path, ("far", "Jul 23", None))
    held = figure(month, "far", "Jul 23")

    assert (held.value, held.count, held.total) == (None, None, None)
    assert [part.number for part in held.parts] == [None, None]
    assert 6379 not in {entry.amount.number for entry in month.workbook.entries}


@pytest.mark.parametrize(
    ("marked", "hidden"),
    [
        (("care", None), {"care", "far", "share", "same"}),
        (("far", None), {"far", "same"}),
        (("far", "numerator"), {"far", "same"}),
        (("mean", None), {"mean", "same"}),
        (("mean", "denominator"), {"mean", "same"}),
        (("mean", "numerator"), {"mean"}),
        (("share", None), {"share", "placements"}),
        (("placements", None), {"share", "placements"}),
        (("placed", None), {"share", "placements"}),
        (("same", None), {"far", "same"}),
        (("far", "denominator"), {"care", "far", "share", "same"}),
    ],
)
def test_whatever_would_give_it_away_is_confidential_too(
    tmp_path: Path, marked: tuple[str, str | None], hidden: set[str]
) -> None:
    month = report_of(tmp_path, (marked[0], "Jul 23", marked[1]))

    assert {row.indicator for row in month.rows() if row.text == "confidential" and not row.comparator} == hidden


@pytest.mark.parametrize("hidden", ["far/numerator", "near"])
def test_the_last_hidden_part_of_a_total_is_an_error(tmp_path: Path, hidden: str) -> None:
    name, _, part = hidden.partition("/")
    month = report_of(tmp_path, (name, "Jul 23", part or None))

    (finding,) = [f for f in month.findings if f.code == "data.confidential-computable"]

    assert hidden in finding.message and "Jul 23" in finding.message
    assert not re.search(r"\d,\d{3}", finding.message)


def test_a_whole_is_given_away_by_its_parts(tmp_path: Path) -> None:
    rows: Rows = [["Indicator", "Figure", "Jul 23"], ["a", "value", 5], ["b", "value", 3], ["all", "value", "[c]"]]
    total = '\n[[totals]]\nwhole = "all"\nparts = ["a", "b"]\n'
    month = data_of(tmp_path, rows, toml("a number", "b number", "all number") + total)

    assert told(month.findings) == [("data.confidential-computable", "Data!C4")]


def test_two_hidden_parts_of_a_total_are_none(tmp_path: Path) -> None:
    month = report_of(tmp_path, ("far", "Jul 23", None), ("near", "Jul 23", None))

    assert "data.confidential-computable" not in {finding.code for finding in month.findings}


def test_a_part_that_the_report_leaves_out_is_given_away_too(tmp_path: Path) -> None:
    rows: Rows = [["Indicator", "Figure", "Jul 23"], ["a", "value", "[c]"], ["b", "value", 3], ["all", "value", 8]]
    total = '\n[[totals]]\nwhole = "all"\nparts = ["a", "b"]\n'
    indicators = toml("a number", "b number", "all number") + total
    write_report(tmp_path, indicators, report=REPORT.format(listed=["b", "all"]))
    month = load_workbook(write_workbook(tmp_path / "july-2023.xlsx", {"Data": rows}))

    assert told(month.findings) == [("data.confidential-computable", "Data!C2")]


def test_a_total_that_nothing_prints_gives_nothing_away(tmp_path: Path) -> None:
    rows: Rows = [["Indicator", "Figure", "Jul 23"], ["a", "value", "[c]"], ["b", "value", 3], ["all", "value", 8]]
    total = '\n[[series]]\nid = "all"\ntitle = "All"\n\n[[totals]]\nwhole = "all"\nparts = ["a", "b"]\n'

    assert told(data_of(tmp_path, rows, toml("a number", "b number") + total).findings) == []


TWO_BY_TWO = (("A", "b", "c"), ("D", "b", "e"), ("F", "c", "e"))


def totals(*each: tuple[str, ...]) -> str:
    return "".join(f'\n[[totals]]\nwhole = "{whole}"\nparts = {parts}\n' for whole, *parts in each)


def test_what_only_several_totals_together_give_away_is_an_error(tmp_path: Path) -> None:
    names = {"A": 30, "D": 34, "F": 44, "b": "[c]", "c": "[c]", "e": "[c]"}
    rows: Rows = [["Indicator", "Figure", "Jul 23"], *([name, "value", number] for name, number in names.items())]
    indicators = toml(*(f"{name} number" for name in names))

    alone = data_of(tmp_path / "two", rows, indicators + totals(*TWO_BY_TWO[:2]))
    together = data_of(tmp_path / "three", rows, indicators + totals(*TWO_BY_TWO))

    assert told(alone.findings) == []
    assert told(together.findings) == [("data.confidential-computable", f"Data!C{row}") for row in (5, 6, 7)]
    assert together.findings[0].message.endswith("A, D, F")


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sets(st.integers(0, 5), min_size=1)), min_size=1, max_size=4))
def test_a_hidden_number_is_an_error_where_two_solutions_never_differ_in_it(
    sums: list[tuple[int, set[int]]],
) -> None:
    names = [f"n{number}" for number in range(6)]
    hidden = names[:3]
    listed = tuple((names[whole], *(names[part] for part in parts)) for whole, parts in sums)
    given = {f"{name} value": {"Jul 23": "[c]" if name in hidden else 0} for name in names}
    workbook, folder = unread(toml(*(f"{name} number" for name in names)), given)
    sources = [tuple(Source(name, Part.VALUE) for name in each) for each in listed]
    folder = replace(folder, totals=tuple(Total(whole, tuple(parts)) for whole, *parts in sources))

    found = {f.place.indicator for f in checked(workbook, folder) if f.code == "data.confidential-computable"}

    free = [
        values
        for values in product(range(-4, 5), repeat=3)
        if all(_less_whole(dict(zip(hidden, values, strict=True)), each) == 0 for each in listed)
    ]
    assert found == {name for index, name in enumerate(hidden) if {values[index] for values in free} == {0}}


def _less_whole(values: Mapping[str, int], total: tuple[str, ...]) -> int:
    whole, *parts = (values.get(name, 0) for name in total)
    return sum(parts) - whole


def test_a_total_that_only_a_breakdown_prints_gives_a_part_away(tmp_path: Path) -> None:
    indicators = (
        toml("b number", "c number")
        + """
[[series]]
id = "all"
title = "All"

[[breakdowns]]
id = "types"
title = "Types"
of = "all"
"""
    )
    data: Rows = [["Indicator", "Figure", "Jul 23"], ["all", "value", 30], ["b", "value", 10], ["c", "value", "[c]"]]
    breakdown: Rows = [["Breakdown", "Category", "Group", "Count"], ["types", "x", None, 12], ["types", "y", None, 18]]
    month = month_of(tmp_path, {"Data": data, "Breakdowns": breakdown}, indicators + totals(("all", "b", "c")))

    assert told(month.findings) == [("data.confidential-computable", "Data!C4")]


@pytest.mark.parametrize("quotes", ["''", '""', "“”"])
def test_a_total_that_only_a_text_prints_gives_a_part_away(tmp_path: Path, quotes: str) -> None:
    report = REPORT.format(listed=["b"])
    write_report(tmp_path, toml("b number", "c number", "all number") + totals(("all", "b", "c")), report=report)
    data: Rows = [["Indicator", "Figure", "Jul 23"], ["all", "value", 30], ["b", "value", "[c]"], ["c", "value", 10]]
    tags = [f"{{{{ indicator({name.join(quotes)}).now }}}} children." for name in ("all", "c")]
    narrative: Rows = [["Section", "Slot", "Text"], *(["care", "good", tag] for tag in tags)]

    def codes(*texts: object) -> set[str]:
        sheets = {"Data": data, "Narrative": [narrative[0], *texts]}
        return {f.code for f in load_workbook(write_workbook(tmp_path / "july-2023.xlsx", sheets)).findings}

    assert "data.confidential-computable" in codes(*narrative[1:])
    assert "data.confidential-computable" not in codes(narrative[1])


def test_two_names_of_one_number_are_one_unknown(tmp_path: Path) -> None:
    rows: Rows = [["Indicator", "Figure", "Jul 23"], ["all", "value", 30], ["s", "value", "[c]"], ["b", "value", 10]]
    indicators = toml("all number", "b number", 'c number numerator = "s"') + '[[series]]\nid = "s"\ntitle = "S"\n'
    month = data_of(tmp_path, rows, indicators + totals(("all", "b", "s"), ("all", "b", "c")))

    assert told(month.findings) == [("data.confidential-computable", "Data!C3")]


def test_a_typed_marker_hides_what_the_figure_takes_from_elsewhere(tmp_path: Path) -> None:
    rows = changed({"Data": DATA}, {"Data!A11": "share", "Data!B11": "value", "Data!E11": "[c]"})["Data"]
    month = data_of(tmp_path, rows, INDICATORS)

    assert [texts(month, "placements")[period] for period in ("Jun 23", "Jul 23")] == ["7,309", "confidential"]


def test_a_year_to_date_with_a_confidential_month_is_confidential(tmp_path: Path) -> None:
    month = report_of(tmp_path, ("moves", "May 23", None))
    cumulative = month.figures.timelines["moves"].cumulative

    assert cumulative and cumulative.state.value == "confidential"


@pytest.mark.parametrize("what", ["peak", "low", "mean"])
def test_nothing_is_said_over_months_of_which_one_is_confidential(tmp_path: Path, what: str) -> None:
    rows = changed({"Data": DATA}, {"Data!C10": "[c]"})["Data"]
    text = [["Section", "Slot", "Text"], ["care", "good", f'{{{{ indicator("typed").{what}(3) }}}}']]
    month = month_of(tmp_path, {"Data": rows, "Narrative": text}, INDICATORS)

    (said,) = [finding.message for finding in month.findings if finding.code == "template.failed"]

    assert "May 23 is missing (confidential)" in said


def test_a_revised_note_names_no_confidential_figure(tmp_path: Path) -> None:
    report_of(tmp_path, ("typed", "Jun 23", None))
    earlier = changed({"Data": DATA}, {"Data!D10": 77.3331})
    write_workbook(tmp_path / "june-2023.xlsx", {"Data": earlier["Data"]})
    month = load_workbook(tmp_path / "july-2023.xlsx", against=tmp_path / "june-2023.xlsx")

    for where, text in printed_everywhere(month, tmp_path / "july-2023.xlsx"):
        assert "77.3331" not in text and "72.9171" not in text, where


@pytest.mark.parametrize(
    "sentence",
    [
        "There were 6,379 children placed far away.",
        "Of all, 15.4242% live far away.",
        "Typed rose to 73.6817% in July 2023.",
        "It was 73.6817%, and we are working on it.",
        "We worked with 6,379 families.",
    ],
)
def test_a_confidential_number_that_is_typed_is_a_warning_that_the_draft_does_not_quote(
    tmp_path: Path, sentence: str
) -> None:
    names = ("far", "near", "typed")
    marks = [["Indicator", "Period", "Figure", "Mark"], *([name, "Jul 23", None, "[c]"] for name in names)]
    text = [["Section", "Slot", "Text"], ["care", "good", sentence]]
    month = month_of(tmp_path, {"Data": DATA, "Marks": marks, "Narrative": text}, INDICATORS)

    assert told(month.findings) == [("narrative.confidential-number", "Narrative!C2")]
    assert not re.search(r"6,379|15\.4|73\.6", publishable(month.findings[0], month.withheld).message)


@pytest.mark.parametrize("sentence", ["Three children have two siblings each.", "There were 6,263 far away in June."])
def test_a_number_that_is_likely_another_is_no_warning(tmp_path: Path, sentence: str) -> None:
    rows = changed({"Data": DATA}, {"Data!E4": 3, "Data!E9": 2})["Data"]
    marks = [["Indicator", "Period", "Figure", "Mark"], *([name, "Jul 23", None, "[c]"] for name in ("far", "moves"))]
    text = [["Section", "Slot", "Text"], ["care", "good", sentence]]
    month = month_of(tmp_path, {"Data": rows, "Marks": marks, "Narrative": text}, INDICATORS)

    assert "narrative.confidential-number" not in {finding.code for finding in month.findings}


@pytest.mark.parametrize("cell", ["6379 [c]", "[c] 6,379", "6379*", "6379 (confidential)", "6379 [C] [p]"])
def test_a_number_beside_a_marker_is_an_error_and_yet_in_no_draft(tmp_path: Path, cell: str) -> None:
    sheets = {
        "Data": changed({"Data": DATA}, {"Data!E4": cell})["Data"],
        "Breakdowns": BREAKDOWN,
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", '{{ breakdown_table("types") }}']],
    }
    month = month_of(tmp_path, sheets, INDICATORS)

    assert ("data.not-a-number", "Data!E4") in told(month.findings)
    for where, text in printed_everywhere(month, tmp_path / "july-2023.xlsx"):
        assert not re.search("6,?379|4,217", text), where


@pytest.mark.parametrize(
    ("mark", "printed"),
    [
        ("confidential", "confidential"),
        ("[c][p]", "confidential"),
        ("6379 [c]", "confidential"),
        ("yes", "[data error]"),
    ],
)
def test_a_draft_prints_no_figure_whose_mark_cannot_be_read(tmp_path: Path, mark: str, printed: str) -> None:
    marks = [["Indicator", "Period", "Figure", "Mark"], ["far", "Jul 23", None, mark]]
    month = month_of(tmp_path, {"Data": DATA, "Marks": marks}, INDICATORS)

    assert ("marks.unknown-mark", "Marks!D2") in told(month.findings)
    assert texts(month, "far")["Jul 23"] == printed


@pytest.mark.parametrize(
    ("count", "printed"), [("[c]", "confidential"), ("2162 [c]", "confidential"), ("x", "[data error]")]
)
def test_a_draft_prints_no_total_without_a_count_that_cannot_be_read(tmp_path: Path, count: str, printed: str) -> None:
    sheets = {
        "Data": DATA,
        "Breakdowns": changed({"B": BREAKDOWN}, {"B!D3": count})["B"],
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", '{{ breakdown_table("types") }}']],
    }
    month = month_of(tmp_path, sheets, INDICATORS)

    assert told(month.findings) == [("breakdown.not-a-count", "Breakdowns!D3")]
    with zipfile.ZipFile(io.BytesIO(build_report(month, draft=True))) as archive:
        document = archive.read("word/document.xml").decode()
    assert "4,217" not in document and "2162" not in document
    assert printed in document.partition("Total")[2]


@pytest.mark.parametrize("sheet", ["Data", "data ", "Marks", "Breakdowns", "Benchmarks", "About", "Narrative"])
def test_a_sheet_that_figures_come_from_is_no_table_to_print(tmp_path: Path, sheet: str) -> None:
    sheets = {
        "Data": DATA,
        "Narrative": [["Section", "Slot", "Text"], ["care", "good", f'{{{{ sheet_table("{sheet}") }}}}']],
    }
    month = month_of(tmp_path, sheets, INDICATORS)

    assert "template.failed" in {finding.code for finding in month.findings}


# Marks travel by reference


@pytest.mark.parametrize(
    ("mark", "printed"),
    [
        ("[p]", "15.4242% (6,379/41,357) (provisional)"),
        ("[r]", "15.4242% (6,379/41,357) (revised)"),
        ("[e]", "15.4242% (6,379/41,357) (estimated)"),
        ("[u]", "unreliable"),
        ("[x]", "not available"),
        ("[low]", "low"),
        ("[z]", "not applicable"),
    ],
)
@pytest.mark.parametrize("part", [None, "numerator"])
def test_a_mark_goes_with_its_figure(tmp_path: Path, mark: str, printed: str, part: str | None) -> None:
    marks = [["Indicator", "Period", "Figure", "Mark"], ["care", "Jul 23", part, mark]]

    month = month_of(tmp_path, {"Data": DATA, "Marks": marks}, INDICATORS)

    assert texts(month, "far")["Jul 23"] == printed


def test_a_break_goes_with_its_figure(tmp_path: Path) -> None:
    marks = [["Indicator", "Period", "Figure", "Mark"], ["care", "Jun 23", None, "[b]"]]
    month = month_of(tmp_path, {"Data": DATA, "Marks": marks}, INDICATORS)

    assert {period.label for period in month.figures.timelines["far"].breaks} == {"Jun 23"}


def test_what_a_confidential_figure_is_held_against_is_not_handed_on(tmp_path: Path) -> None:
    """A part that a breakdown breaks down, and one that must not be exceeded, are there for checks alone."""
    indicators = toml("x percentage") + "[[breakdowns]]\nid = 'of-x'\ntitle = 'Of x'\nof = 'x/denominator'\n"
    indicators += "[[subsets]]\npart = 'x/numerator'\nwhole = 'x/denominator'\n"
    sheets: dict[str, Rows] = {
        "Data": [["Indicator", "Figure", "Jul 23"], ["x", "numerator", "[c]"], ["x", "denominator", 43781]],
        "Narrative": [
            ["Section", "Slot", "Text"],
            ["care", "good", "We saw {{ indicator('x').now }} of {{ indicator('x').now.denominator }}."],
        ],
    }
    month = month_of(tmp_path, sheets, indicators)
    computed = compute_figures(month.workbook, month.folder)

    assert [given.number for given in computed.given.values() if given.number] == [43781]
    assert not month.figures.given
    assert "43781" not in repr(month.figures)
    assert "We saw confidential of confidential." in [line.words for text in month.texts for line in text.lines]
    assert computed.timelines["x"].newest.total is None


@pytest.mark.parametrize(
    ("of_part", "of_whole", "status"),
    [
        ("[e]", "[r]", "revised"),
        ("[p]", "[e]", "estimated"),
        ("[x]", "[u]", "unreliable"),
    ],
)
def test_a_whole_figures_mark_wins(tmp_path: Path, of_part: str, of_whole: str, status: str) -> None:
    head = ["Indicator", "Period", "Figure", "Mark"]
    marks = [head, ["typed", "Jul 23", "value", of_part], ["typed", "Jul 23", None, of_whole]]
    month = month_of(tmp_path, {"Data": DATA, "Marks": marks}, INDICATORS)

    assert status in texts(month, "typed")["Jul 23"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "status"),
    [("[e]", "[p]", "estimated"), ("[p]", "[r]", "provisional"), ("[r]", "[e]", "estimated")],
)
def test_of_two_statuses_the_more_doubtful_counts(
    tmp_path: Path, numerator: str, denominator: str, status: str
) -> None:
    head = ["Indicator", "Period", "Figure", "Mark"]
    parts = [["mean", "Jul 23", "numerator", numerator], ["mean", "Jul 23", "denominator", denominator]]
    twice = [["typed", "Jul 23", None, numerator], ["typed", "Jul 23", None, denominator]]
    month = month_of(tmp_path, {"Data": DATA, "Marks": [head, *parts, *twice]}, INDICATORS)

    assert f"({status})" in texts(month, "mean")["Jul 23"]
    assert f"({status})" in texts(month, "typed")["Jul 23"]


@pytest.mark.parametrize("source", ["old", "old/numerator", "old/denominator"])
def test_a_reference_into_a_time_without_the_indicator_gives_nothing(tmp_path: Path, source: str) -> None:
    rows: Rows = [
        ["Indicator", "Figure", "Jun 23", "Jul 23"],
        ["old", "numerator", 30, 31],
        ["old", "denominator", 60, 62],
        ["new", "denominator", 80, 90],
    ]
    indicators = toml("old percentage until = 2023-06-30", f"new percentage numerator = '{source}'")
    month = data_of(tmp_path, rows, indicators)

    assert texts(month, "new")["Jul 23"] == "no data"
