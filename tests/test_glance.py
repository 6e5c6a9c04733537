"""At a glance: what is counted, what is listed and in which order; each number is one that the report prints."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import NamedTuple

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from cpreport import build_report, load_workbook
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
from cpreport.model.document import Note, Paragraph, Table, plain
from cpreport.model.errors import InputError
from cpreport.model.sentences import SENTENCES
from cpreport.pipeline import Month

from .workbooks import WORDML, write_workbook

EXAMPLES = Path(__file__).parents[1] / "examples"
HEAD = ["Indicator", "Figure", "Jul 22", "Jun 23", "Jul 23"]
GLANCE = '[[sections]]\nid = "glance"\ntitle = "At a glance"\ntemplate = "glance.md"\n'
Cell = object


class Case(NamedTuple):
    """An indicator: its id and title, numerators of a year ago, June and July out of `of`, and more of its keys."""

    name: str
    then: Cell
    now: Cell
    target: float | None = None
    june: Cell = None
    of: int = 100
    measure: str = "percentage"
    polarity: str = "high"
    keys: str = ""

    @property
    def definition(self) -> str:
        target = "" if self.target is None else f"target = {self.target}\n"
        head = f'[[indicators]]\nid = "{self.name}"\ntitle = "{self.name}"\nmeasure = "{self.measure}"\n'
        return f'{head}polarity = "{self.polarity}"\n{target}{self.keys}\n'

    @property
    def rows(self) -> list[list[Cell]]:
        cells = [self.then, self.june, self.now]
        if self.measure in ("number", "average"):
            return [[self.name, "value", *cells]]
        whole = [[self.name, "denominator", *(None if cell is None else self.of for cell in cells)]]
        return [[self.name, "numerator", *cells], *whole]


def month_of(
    folder: Path,
    cases: Sequence[Case],
    more: str = "",
    template: str = "{{ at_a_glance() }}",
    about: Sequence[Sequence[Cell]] = (),
    tables: str = "{{ indicator_table(section.indicators) }}",
    sheets: Mapping[str, Sequence[Sequence[Cell]]] = MappingProxyType({}),
    slots: str = "",
) -> Month:
    """A month with these indicators in one section, and a section before it with the page."""
    listed = [case.name for case in cases]
    care = f'[[sections]]\nid = "care"\ntitle = "Care"\ntemplate = "care.md"\nindicators = {listed}\n'
    texts = {
        "report.toml": f'title = "Report"\n{more}\n{GLANCE}{slots}{care}',
        "indicators.toml": "\n".join(case.definition for case in cases),
        "glance.md": template,
        "care.md": tables,
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    told = [["Key", "Value"], ["Reporting period", "Jul 2023"], *about]
    data = [HEAD, *(row for case in cases for row in case.rows)]
    return load_workbook(write_workbook(folder / "july-2023.xlsx", {"About": told, "Data": data, **sheets}))


def said(month: Month) -> list[str]:
    """The paragraphs of the first section."""
    return [plain(block.text) for block in month.report.sections[0].blocks if isinstance(block, Paragraph)]


def names(lines: Sequence[str]) -> list[str]:
    """The titles of the lines that begin with a symbol."""
    return [line[2:].partition(":")[0] for line in lines if line[:2] in ("✗ ", "~ ", "✓ ", "– ")]


ORDER = [
    Case("off and worse", 85, 60, 90),
    Case("off", 60, 61, 90),
    Case("off and better", 40, 85, 99),
    Case("close and worse", 85, 60, 62),
    Case("worse without a target", 85, 60),
    Case("on target and worse", 99, 75, 50),
    Case("close", 60, 61, 62),
    Case("better", 60, 85, 80),
]
UNLISTED = [Case("on target", 60, 61, 50), Case("no target", 60, 61), Case("missing", 60, None, 50)]


def test_what_stands_out_comes_in_one_order_whatever_that_of_the_report(tmp_path: Path) -> None:
    expected = [case.name for case in ORDER]
    for folder, cases in (("one", [*ORDER, *UNLISTED]), ("other", [*UNLISTED, *ORDER[::-1]])):
        lines = said(month_of(tmp_path / folder, cases))
        assert names(lines) == expected
        assert lines[0] == ("11 measures: 3 on target, 2 close, 3 off target, 2 without a target, 1 without a figure.")


def test_within_a_rank_children_count_first_and_then_how_far_it_is(tmp_path: Path) -> None:
    days = {"measure": "average", "polarity": "low"}
    cases = [
        Case("near", None, 600, 500, **days),
        Case("far", None, 24, 12, **days),
        Case("few", None, 10, 90, of=20),
        Case("many", None, 500, 90, of=1000),
    ]

    assert names(said(month_of(tmp_path, cases))) == ["many", "few", "far", "near"]


def test_the_sentences_read_as_the_board_is_told(tmp_path: Path) -> None:
    children = 'counts = ["child", "children"]'
    cases = [
        Case("Return interviews", 9, 7, 90, of=12, june=7),
        Case("Adoption", 442, 572.8, 426, 570, 1, "average", "low", 'decimals = 1\ncounts = ["day", "days"]'),
        Case("Placements", 59, 53, 8, 48, 604, polarity="low", keys=children),
        Case("Far away", 83, 55, None, None, 604, polarity="low", keys=children),
        Case("Moves", 30, 30, 12, 30, 1, "number", "low"),
    ]
    lines = said(month_of(tmp_path, cases, about=[["Last report", "Jun 2023"]], template="{{ at_a_glance(limit=4) }}"))

    assert lines == [
        "5 measures: 1 close, 3 off target, 1 without a target. Since the June report: 1 newly close.",
        "✗ Moves: 30 (target 12), as in Jul 22; no clear change. 18 fewer were needed.",
        "✗ Return interviews: 7 of 12 (58.3%; target 90%), 2 fewer than in Jul 22; too few to say. 4 more were needed.",
        "✗ Adoption: 572.8 days on average (target 426), 130.8 more than in Jul 22.",
        "~ Placements: 53 of 604 children (8.8%; target 8%), 6 fewer than in Jul 22; no clear change. "
        "5 fewer were needed.",
        "1 more that is better: Table 1.",
    ]


def test_one_is_not_several(tmp_path: Path) -> None:
    keys = 'counts = ["child", "children"]'
    (counted, line) = said(month_of(tmp_path, [Case("A", None, 0, 50, of=1, keys=keys)]))

    assert counted == "1 measure: 1 off target."
    assert line == "✗ A: 0 of 1 child (0.0%; target 50%); too few to say. 1 more was needed."


def test_the_change_is_in_points_where_the_children_go_another_way(tmp_path: Path) -> None:
    more, fewer = Case("A", 50, 55, 90), Case("B", 50, 49, 90)
    rows = [["Indicator", "Period", "Numerator", "Denominator"]]
    rows += [["A", "Jul 22", 50, 100], ["A", "Jul 23", 55, 200], ["B", "Jul 22", 50, 100], ["B", "Jul 23", 49, 98]]
    lines = said(month_of(tmp_path, [more, fewer], sheets={"Data": rows}))

    assert "55 of 200 (27.5%; target 90%), 22.5 percentage points less than in Jul 22; worse." in lines[1]
    assert "49 of 98 (50.0%; target 90%), as in Jul 22; no clear change." in lines[2]


@pytest.mark.parametrize(
    ("then", "now", "said"),
    [
        (10.04, 10.06, "10.1 on average (target 5), 0.02 more than in Jul 22"),
        (9.951, 10.049, "10.0 on average (target 5), as in Jul 22"),
        (10.06, 10.04, "10.0 on average (target 5), 0.02 less than in Jul 22"),
        (10, 10.44, "10.4 on average (target 5), 0.4 more than in Jul 22"),
    ],
)
def test_the_change_agrees_with_the_two_figures_as_they_are_printed(
    tmp_path: Path, then: float, now: float, said: str
) -> None:
    case = Case("A", then, now, 5, measure="average", polarity="low", keys="decimals = 1")
    blocks = month_of(tmp_path, [case]).report.sections[0].blocks

    assert plain(blocks[1].text) == f"✗ A: {said}."  # type: ignore[union-attr]


def test_one_point_is_not_several(tmp_path: Path) -> None:
    rows = [["Indicator", "Figure", "Jul 22", "Jul 23"], ["A", "value", "50%", "51%"]]
    month = month_of(tmp_path, [Case("A", 1, 1, 90, keys="decimals = 0")], sheets={"Data": rows})
    assert ", 1 percentage point more than in Jul 22" in said(month)[1]


@pytest.mark.parametrize(("then", "now", "said"), [(10.1, 10.4, "as in"), (10.4, 10.6, "0.2 more than in")])
def test_a_number_that_is_not_whole_is_compared_as_it_is_printed(
    tmp_path: Path, then: float, now: float, said: str
) -> None:
    blocks = month_of(tmp_path, [Case("A", then, now, 5, measure="number", polarity="low")]).report.sections[0].blocks
    assert f", {said} Jul 22" in plain(blocks[1].text)  # type: ignore[union-attr]


def test_the_change_is_in_children_where_the_figure_prints_alike(tmp_path: Path) -> None:
    case = Case("A", 603, 604, of=98050, measure="rate", keys='counts = ["child", "children"]')
    first = '[glance]\nfirst = ["A"]\n'

    assert said(month_of(tmp_path, [case], more=first))[1] == (
        "– A: 61.6 (604 children), 1 more than in Jul 22; no clear change."
    )


def test_without_a_direction_no_change_is_printed_and_the_judgement_says_since_when(tmp_path: Path) -> None:
    lines = said(month_of(tmp_path, [Case("A", 80, 60, keys="direction = false")]))
    assert lines[1] == "– A: 60 of 100 (60.0%); worse than Jul 22."


def test_across_a_break_no_change_is_printed(tmp_path: Path) -> None:
    marks = [["Indicator", "Period", "Figure", "Mark", "Note"], ["A", "Jun 23", None, "[b]", "Counted anew."]]
    lines = said(month_of(tmp_path, [Case("A", 80, 60, 90, june=70)], sheets={"Marks": marks}))
    assert lines[1] == "✗ A: 60 of 100 (60.0%; target 90%). 30 more were needed."


def test_a_number_with_decimals_changes_by_one_with_decimals(tmp_path: Path) -> None:
    lines = said(month_of(tmp_path, [Case("A", 20.5, 18, 30, measure="number", keys="decimals = 1")]))
    assert lines[1].startswith("✗ A: 18.0 (target 30), 2.5 fewer than in Jul 22")


def test_where_no_status_can_be_compared_none_is_said_to_be_unchanged(tmp_path: Path) -> None:
    cases = [Case("A", None, 40, 90, june="[c]"), Case("B", None, "[c]", 90, june=40), Case("C", None, 40)]
    (counted, *_) = said(month_of(tmp_path, cases, about=[["Last report", "Jun 2023"]]))
    assert counted.endswith("Since the June report: 2 not compared.")


CHANGES = {
    "newly off target": (Case("A", None, 40, 90, june=95), "1 newly off target"),
    "off target as before": (Case("A", None, 40, 90, june=40), "no change of status"),
    "back on": (Case("A", None, 95, 90, june=40), "1 back on"),
    "newly close": (Case("A", None, 88, 90, june=40), "1 newly close"),
    "not there then": (Case("A", None, 88, 90), "1 not compared"),
    "not there now": (Case("A", None, None, 90, june=95), "1 not compared"),
    "no target": (Case("A", None, 40, june=95), ""),
}


@pytest.mark.parametrize("kind", CHANGES)
def test_what_has_changed_since_the_last_report_is_counted(tmp_path: Path, kind: str) -> None:
    case, wanted = CHANGES[kind]
    other = Case("other", None, 1)
    counted = said(month_of(tmp_path / "with", [case, other], about=[["Last report", "Jun 2023"]]))[0]
    without = said(month_of(tmp_path / "without", [case, other]))[0]

    assert counted == (f"{without} Since the June report: {wanted}." if wanted else without)
    assert "Since" not in without


def test_the_last_report_is_of_the_figures_that_were_due_then(tmp_path: Path) -> None:
    late = Case("late", 95, None, 90, june=40, keys="lag = 1")
    counted = said(month_of(tmp_path, [late, Case("other", None, 1)], about=[["Last report", "Jul 2022"]]))[0]

    assert "Since the July 2022 report: 1 not compared." in counted


def test_an_officers_status_decides(tmp_path: Path) -> None:
    sheets = {
        "Status": [["Indicator", "Status", "Reason"], ["A", "on target", "One family."], ["B", "off target", "Late."]]
    }
    cases = [Case("A", None, 40, 90), Case("B", None, 95, 90)]
    lines = said(month_of(tmp_path, cases, sheets=sheets, more='[glance]\nfirst = ["A"]\n'))

    assert lines == [
        "2 measures: 1 on target, 1 off target.",
        "✓ A: 40 of 100 (40.0%; target 90%).",
        "✗ B: 95 of 100 (95.0%; target 90%).",
    ]


def test_a_confidential_figure_is_counted_and_not_told(tmp_path: Path) -> None:
    sheets = {"Status": [["Indicator", "Status", "Reason"], ["A", "off target", "It fell to 37."]]}
    cases = [Case("A", 80, "[c]", 90, june=37), Case("B", "[c]", 61, 90, june="[c]"), Case("C", 80, "[c]")]
    lines = said(month_of(tmp_path, cases, about=[["Last report", "Jun 2023"]], sheets=sheets))

    assert lines == [
        "3 measures: 1 off target, 2 without a figure. Since the June report: 2 not compared.",
        "✗ B: 61 of 100 (61.0%; target 90%). 29 more were needed.",
    ]


@pytest.mark.parametrize("case", [Case("A", 80, 60), Case("A", 60, 80), Case("A", 80, 60, 90)])
def test_without_judgements_no_word_of_them_is_printed(tmp_path: Path, case: Case) -> None:
    lines = said(month_of(tmp_path, [case], more="[judgement]\non = false\n"))

    assert not re.search("better|worse|clear|few to say", " ".join(lines))
    assert len(lines) == 2


OFF = "[judgement]\non = false\n"


@pytest.mark.parametrize(
    ("target", "more", "nothing"),
    [
        (50, "", "No measure is off target or close to it, and none is judged better or worse."),
        (50, OFF, "No measure is off target or close to it."),
        (None, "", "No measure is judged better or worse."),
        (None, OFF, "No measure is judged."),
    ],
)
def test_nothing_to_say_is_said(tmp_path: Path, target: float | None, more: str, nothing: str) -> None:
    lines = said(month_of(tmp_path, [Case("A", 60, 61, target)], more))

    assert lines == [f"1 measure: 1 {'on' if target else 'without a'} target.", nothing]


def test_nothing_to_say_is_said_after_what_the_report_puts_first(tmp_path: Path) -> None:
    lines = said(month_of(tmp_path, [Case("A", 60, 61)], more='[glance]\nfirst = ["A"]\n'))

    assert lines[1:] == [
        "– A: 61 of 100 (61.0%), 1 more than in Jul 22; no clear change.",
        "No measure is judged better or worse.",
    ]


def test_what_is_left_out_names_several_tables(tmp_path: Path) -> None:
    tables = "{{ indicator_table(['off', 'close']) }}\n\n{{ indicator_table(['off and better']) }}"
    cases = [ORDER[0], ORDER[1], ORDER[2], ORDER[6]]
    month = month_of(tmp_path, cases, template="{{ at_a_glance(1) }}", tables=tables)
    links, marks = links_of(month)

    assert said(month)[-1] == "2 more off target: Tables 1 and 2. 1 more close: Table 1."
    assert [marks[name].partition(":")[0] for words, name in links if words in ("1", "2")] == ["Table 1", "Table 2"]


def test_a_year_to_date_is_held_against_its_target(tmp_path: Path) -> None:
    keys = 'cumulative = "financial-year"\nprofile = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]'
    rows: Sequence[Sequence[Cell]] = [
        ["Indicator", "Figure", "Apr 23", "May 23", "Jun 23", "Jul 23"],
        ["A", "value", 1, 0, 1, 0],
    ]
    lines = said(month_of(tmp_path, [Case("A", 0, 0, measure="number", keys=keys)], sheets={"Data": rows}))

    assert lines[1] == "✗ A: 2 in the year to date (target 4); Jul 23: too few to say. 2 more were needed."


def test_a_year_to_date_without_a_figure_says_why(tmp_path: Path) -> None:
    case = Case("A", 0, "[c]", measure="number", keys='cumulative = "financial-year"\ntarget = 4')
    lines = said(month_of(tmp_path, [case], more='[glance]\nfirst = ["A"]\n'))

    assert lines[:2] == ["1 measure: 1 without a figure.", "– A: confidential (target 4)."]


def test_a_narrative_may_print_the_page(tmp_path: Path) -> None:
    slots = 'slots = [{ id = "said", title = "Said" }]\n'
    texts = [["Section", "Slot", "Text"], ["glance", "said", "{{ at_a_glance(limit=1) }}"]]
    template = '{{ narrative("said") }}'
    month = month_of(tmp_path, ORDER, template=template, sheets={"Narrative": texts}, slots=slots)

    assert month.errors == ()
    assert ("off and worse", "section_table_1") in links_of(month)[0]


def test_a_measure_of_another_period_names_it(tmp_path: Path) -> None:
    lines = said(month_of(tmp_path, [Case("A", None, None, 90, june=40, keys="lag = 1"), Case("B", None, 1)]))
    assert lines[1] == "✗ A, Jun 23: 40 of 100 (40.0%; target 90%). 50 more were needed."


def test_a_provisional_figure_says_so(tmp_path: Path) -> None:
    marks: Sequence[Sequence[Cell]] = [
        ["Indicator", "Period", "Figure", "Mark", "Note"],
        ["A", "Jul 23", None, "[p]", None],
    ]
    lines = said(month_of(tmp_path, [Case("A", None, 40, 90)], sheets={"Marks": marks}))
    assert lines[1] == "✗ A: 40 of 100 (40.0%, provisional; target 90%). 50 more were needed."


def test_a_report_may_put_indicators_first(tmp_path: Path) -> None:
    first = '[glance]\nfirst = ["no target", "close"]\n'
    lines = said(month_of(tmp_path, [*ORDER, *UNLISTED], more=first, template="{{ at_a_glance(3) }}"))

    assert names(lines) == ["no target", "close", "off and worse"]
    assert lines[-1] == "2 more off target: Table 1. 1 more close: Table 1. 2 more that are worse: Table 1. " + (
        "1 more that is better: Table 1."
    )


@pytest.mark.parametrize("limit", ["0", "101", "true", '"all"'])
def test_a_limit_that_is_none_is_an_error(tmp_path: Path, limit: str) -> None:
    month = month_of(tmp_path, ORDER, template=f"{{{{ at_a_glance({limit}) }}}}")
    assert [finding.code for finding in month.errors] == ["template.failed"]
    assert "is not a number of lines from 1 to 100" in month.errors[0].message


def test_a_report_without_indicators_has_nothing_to_say(tmp_path: Path) -> None:
    month = month_of(tmp_path, [], tables="Text.", sheets={"Data": [HEAD, ["A", "value", 1, 1, 1]]})
    assert any("no section of the report has an indicator" in finding.message for finding in month.errors)


def links_of(month: Month) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """The words of each link with its bookmark, and the first words of each bookmark's paragraph."""
    body = Document(BytesIO(build_report(month))).element.body
    names = {"w": WORDML}
    links = [
        ("".join(link.xpath(".//w:t/text()")), link.get(f"{{{WORDML}}}anchor"))
        for link in body.iterfind(".//w:hyperlink[@w:anchor]", names)
    ]
    marks = body.findall(".//w:bookmarkStart", names)
    numbers = [mark.get(f"{{{WORDML}}}id") for mark in marks]
    assert len(set(numbers)) == len(numbers)
    return links, {mark.get(f"{{{WORDML}}}name"): "".join(mark.getparent().xpath(".//w:t/text()")) for mark in marks}


TWO_TABLES = "{{ glossary_table() }}\n\n{{ indicator_table(['off']) }}\n\n{{ indicator_table(['off', 'close']) }}"


def test_a_line_links_to_the_first_table_of_its_measure(tmp_path: Path) -> None:
    (tmp_path / "glossary.csv").write_text("term,description\noff,not on\n", encoding="utf-8")
    month = month_of(tmp_path, [ORDER[1], ORDER[6], ORDER[5]], tables=TWO_TABLES)
    links, marks = links_of(month)
    titles = {words: marks[name].partition(":")[0] for words, name in links if words in ("off", "close")}

    assert titles == {"off": "Table 2", "close": "Table 3"}
    assert [name for name, words in marks.items() if words.startswith("Table 1:")] == []
    assert {name for _, name in links} <= marks.keys()
    assert len(set(marks)) == len(marks)
    assert "on target and worse" in names(said(month))


def test_what_is_left_out_links_to_its_tables(tmp_path: Path) -> None:
    month = month_of(tmp_path, [ORDER[1], ORDER[2], ORDER[6]], template="{{ at_a_glance(1) }}", tables=TWO_TABLES)
    (tmp_path / "glossary.csv").write_text("term,description\noff,not on\n", encoding="utf-8")
    links, marks = links_of(month)

    assert said(month)[-1] == "1 more off target. 1 more close: Table 3."
    assert [marks[name].partition(":")[0] for words, name in links if words == "Table 3"] == ["Table 3"]


def test_the_page_comes_with_the_packaged_report(tmp_path: Path) -> None:
    shutil.copytree(packaged_reports() / PACKAGED, tmp_path / "report")
    report = tmp_path / "report" / "report.toml"
    page = GLANCE.replace("glance.md", "sections/at-a-glance.md")
    report.write_text(report.read_text("utf-8").replace("[[sections]]", f"{page}[[sections]]", 1), "utf-8")
    month = load_workbook(EXAMPLES / "july-2023.xlsx", report=tmp_path / "report")

    assert month.findings == ()
    assert said(month)[0] == "34 measures: 33 without a target, 1 without a figure."
    assert links_of(month)[0][0] == ("At a glance", "section_1")


def test_a_report_without_the_page_has_no_bookmark_at_a_table(tmp_path: Path) -> None:
    _, marks = links_of(month_of(tmp_path, ORDER, template="Text."))
    assert not any("table" in name for name in marks)


MISTAKES = {
    'lines = "{title}"': "there is no key 'lines'; did you mean 'line'?",
    'line = "{titel}"': "{titel} is not a field of this sentence, which has {symbol}, {title}, {figure}",
    'line = "{title.__class__}"': "{title.__class__} is not a field",
    'line = "{title:>99999999}"': "{title:>99999999} is not a field",
    'line = "{title!r}"': "{title!r} is not a field",
    'line = "{0}"': "{0} is not a field",
    'line = "{}"': "{} is not a field",
    'line = "{title[0]}"': "{title[0]} is not a field",
    'line = "{title"': "a brace has no partner",
    'as_usual = "{verdict}"': "{verdict} is not a field of this sentence, which has none",
}


def test_every_mistake_in_sentences_and_first_indicators_is_named_at_once(tmp_path: Path) -> None:
    for text, problem in MISTAKES.items():
        more = f'[glance]\nfirst = ["of", "off", "off"]\n[sentences]\nback_on = "{{n}}"\n{text}\n'
        with pytest.raises(InputError) as refused:
            month_of(tmp_path, ORDER, more=more)
        messages = [finding.message for finding in refused.value.findings]

        assert [message for message in messages if problem in message]
        assert any("back_on = '{n}': {n} is not a field" in message for message in messages)
        assert any("no indicator of a section has that name; did you mean 'off'?" in message for message in messages)
        assert any("'off' is used twice" in message for message in messages)
        assert len(messages) == 4


def test_a_council_may_change_every_sentence_that_is_printed(tmp_path: Path) -> None:
    own = {key: f"<{key} {' '.join(f'{{{name}}}' for name in each.fields)}>" for key, each in SENTENCES.items()}
    more = "[sentences]\n" + "".join(f"{key} = '{text}'\n" for key, text in own.items())
    cases = [case._replace(name=f"§{at}") for at, case in enumerate(ORDER)]
    lines = said(month_of(tmp_path, cases, more, about=[["Last report", "Jun 2023"]], template="{{ at_a_glance(7) }}"))
    told = {"on", "off", "target", "close", "to", "no", "better", "worse", "clear", "change", "of", "Jul", "June"}

    assert all(line.startswith(("<measures ", "<line ", "<rest_in_tables ")) for line in lines)
    assert set(re.findall(r"(?<!<)\b[A-Za-z]+\b", re.sub(r"<\w+", "", " ".join(lines)))) <= told


def test_a_council_may_change_what_tables_and_tags_say_of_status_and_judgement(tmp_path: Path) -> None:
    own = "than_period = '{verdict}, seen from {period}'\nstatus_set = '{title}! {reason}'\n"
    own += "means_on_target = 'It is there.'\n"
    tables = '{{ indicator("A").judgement }}\n\n{{ indicator_table(section.indicators) }}'
    sheets = {"Status": [["Indicator", "Status", "Reason"], ["A", "on target", "One family."]]}
    month = month_of(tmp_path, [Case("A", 80, 40, 90)], f"[sentences]\n{own}", tables=tables, sheets=sheets)
    blocks = month.report.sections[1].blocks

    assert plain(blocks[0].text) == "worse, seen from Jul 22"  # type: ignore[union-attr]
    notes = [plain(block.text) for block in blocks if isinstance(block, Note)]
    assert notes[-1] == "A! One family"
    _, key, *_ = month.report.key
    assert plain(key.rows[0].cells[1].lines[0]) == "It is there."  # type: ignore[union-attr]


def test_braces_and_markup_in_a_sentence_are_printed_as_typed(tmp_path: Path) -> None:
    own = "[sentences]\nline = '{{{title}}} <b>*x*</b> {{ 7 }}'\n"
    line = said(month_of(tmp_path, ORDER[:1], own))[1]
    assert line == "{off and worse} <b>*x*</b> { 7 }"


def test_a_renamed_status_is_counted_by_its_new_name(tmp_path: Path) -> None:
    words = '[words]\nclose-to-target = "Amber"\noff-target = "Red"\n'
    month = month_of(tmp_path, ORDER, words + '[sentences]\ncounted_off_target = "{count} of concern"\n')

    assert said(month)[0] == "8 measures: 2 on target, 2 Amber, 3 of concern, 1 without a target."
    assert [plain(b.text) for b in month.report.sections[0].blocks if isinstance(b, Note)] == [
        "✓ on target; ~ Amber; ✗ Red."
    ]


def test_renamed_words_stand_in_every_count(tmp_path: Path) -> None:
    words = {"on-target": "Green", "off-target": "Red", "no-target": "Free", "no-data": "Nil", "worse": "Declining"}
    more = "[words]\n" + "".join(f'{name} = "{own}"\n' for name, own in words.items())
    june = {"off": 95, "close": 10}
    cases = [case._replace(june=june.get(case.name)) for case in (*ORDER, *UNLISTED)]
    about = [["Last report", "Jun 2023"]]
    lines = said(month_of(tmp_path, cases, more, about=about, template="{{ at_a_glance(1) }}"))

    assert lines[0] == (
        "11 measures: 3 Green, 2 close, 3 Red, 2 Free, 1 without a figure. "
        "Since the June report: 1 newly Red, 1 newly close, 6 not compared."
    )
    assert lines[-1].startswith("2 more Red: Table 1. 2 more close: Table 1. 2 more Declining: Table 1.")
    assert not re.search("on target|off target|worse|without a target", f"{lines[0]} {lines[-1]}")


def test_a_renamed_status_that_is_met_again_is_counted_by_its_new_name(tmp_path: Path) -> None:
    cases = [Case("A", 60, 95, 90, june=60), Case("B", 60, 95, 90, june=95)]
    words = '[words]\non-target = "Green"\n'
    lines = said(month_of(tmp_path, cases, words, about=[["Last report", "Jun 2023"]]))

    assert lines[0] == "2 measures: 2 Green. Since the June report: 1 newly Green."


JUDGED = [Case("A", 80, 60), Case("B", 8, 9, of=9), Case("C", 80, 81), Case("D", 60, 80), Case("E", "[c]", 80)]


def judgements_in_key(month: Month) -> list[tuple[str, str]]:
    """The words and meanings of the key's table of judgements."""
    tables = [block for block in month.report.key if isinstance(block, Table)]
    rows = [row.cells for table in tables if plain(table.headings[0].lines[0]) == "Judgement" for row in table.rows]
    return [(plain(word.lines[0]), plain(meaning.lines[0])) for word, meaning in rows]


def test_the_key_says_what_the_judgements_mean_that_are_there(tmp_path: Path) -> None:
    month = month_of(tmp_path, JUDGED, "[words]\nworse = 'Declining'\n[judgement]\nevents = 9\n")
    rows = dict(judgements_in_key(month))

    assert [*rows] == ["better, Declining", "no clear change", "too few to say", "cannot tell"]
    assert rows["too few to say"] == "Fewer than 20 in the denominator, or 9 events: chance plays too large a part."


@pytest.mark.parametrize(
    ("more", "template", "is_explained"),
    [
        ("", "{{ at_a_glance() }}", True),
        ("", "Nothing.", False),
        ("[tables]\njudgement = true\n", "Nothing.", True),
        ('[scorecard]\ncolumns = ["title", "judgement"]\n', "Nothing.", True),
        ("[judgement]\non = false\n", "{{ at_a_glance() }}", False),
    ],
)
def test_the_key_has_judgements_where_the_report_prints_them(
    tmp_path: Path, more: str, template: str, is_explained: bool
) -> None:
    assert bool(judgements_in_key(month_of(tmp_path, JUDGED, more, template))) == is_explained


CELLS = st.one_of(st.none(), st.just("[c]"), st.just("N/A"), st.integers(0, 100))
CASES = st.lists(
    st.builds(
        Case,
        name=st.just(""),
        then=CELLS,
        now=CELLS,
        target=st.one_of(st.none(), st.integers(2, 99)),
        june=CELLS,
        polarity=st.sampled_from(("high", "low", "none")),
        measure=st.sampled_from(("percentage", "number", "average")),
        of=st.just(100),
        keys=st.just(""),
    ),
    min_size=1,
    max_size=7,
)


def named(cases: Sequence[Case]) -> list[Case]:
    return [case._replace(name=f"Measure {'ABCDEFG'[at]}") for at, case in enumerate(cases)]


def lines_of(cases: Sequence[Case]) -> tuple[Month, list[str]]:
    with TemporaryDirectory() as folder:
        month = month_of(Path(folder), [*named(cases), Case("Always", 1, 1)], about=[["Last report", "Jun 2023"]])
        return month, said(month)


@given(CASES)
def test_the_counts_are_of_all_measures(cases: list[Case]) -> None:
    _, lines = lines_of(cases)
    measures, counts = re.match(r"(\d+) measures: (.*?)\.", lines[0]).groups()  # type: ignore[union-attr]

    assert sum(map(int, re.findall(r"\d+", counts))) == int(measures) == len(cases) + 1


@given(CASES)
def test_every_number_of_a_line_is_one_of_its_figure_or_follows_from_it(cases: list[Case]) -> None:
    month, lines = lines_of(cases)
    rows = {(row.indicator, row.period): row for row in month.rows() if row.period}
    for line in lines:
        if not (found := re.match(r". (Measure .): (.*)", line)):
            continue
        name, words = found.groups()
        now, then = rows[name, "Jul 23"], rows[name, "Jul 22"]
        printed = {re.sub(r"\(.*", "", now.text), now.target, "Jul 22"}
        printed |= {str(part) for part in (now.numerator, now.denominator) if part is not None}
        for one, other in ((now.value, then.value), (now.numerator, then.numerator)):
            if one is not None and other is not None:
                printed |= {f"{float(abs(one - other)):.{decimals}f}" for decimals in (0, 1, 2)}
        if needed := re.search(r" (\d+) (more|fewer) w", words):
            whole = now.denominator or (100 if now.measure == "percentage" else 1)
            count = now.numerator if now.numerator is not None else now.value
            reached = (count or 0) + int(needed[1]) * (1 if needed[2] == "more" else -1)
            before = reached + (-1 if needed[2] == "more" else 1)
            target = float(now.target.rstrip("%")) * (float(whole) / 100 if now.measure == "percentage" else 1)
            assert (reached >= target > before) if needed[2] == "more" else (reached <= target < before)
            words = words.replace(needed[0], "")
        numbers = re.findall(r"[\d.]+\d%?|\d+%?", words.replace("Jul 22", ""))

        assert [number for number in numbers if number not in printed] == []


def turned(line: str) -> str:
    return line.replace("better", "§").replace("worse", "better").replace("§", "worse")


@given(CASES)
def test_what_is_better_reads_as_what_is_worse(cases: list[Case]) -> None:
    plain_cases = [case._replace(target=None) for case in cases]
    swapped = {"high": "low", "low": "high", "none": "none"}
    _, lines = lines_of(plain_cases)
    _, others = lines_of([case._replace(polarity=swapped[case.polarity]) for case in plain_cases])

    assert {turned(line) for line in lines if line.startswith("–")} == {line for line in others if line[0] == "–"}
    assert lines[0] == others[0]
