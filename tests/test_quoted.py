"""What narratives say of figures: numbers, periods and directions held against the tables."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.narrative.quoted import quoted
from cpreport.checks.narrative.quoted.reading import Reading, Sentence, sentences
from cpreport.checks.narrative.quoted.subjects import Room
from cpreport.checks.narrative.quoted.words import Number, Unit
from cpreport.model.composed import ComposedText, Line, LineKind
from cpreport.model.document import Span
from cpreport.model.finding import Place
from cpreport.pipeline import load_workbook

from .example_month import Added, Change, Replaced
from .quoted import examined, example, findings_of, typed, warned
from .test_figures import toml
from .workbooks import example_month, write_example, write_report, write_workbook

ACCEPTED = "narrative/2023-07/accepted.csv"


def numbers_in(sentence: str) -> list[tuple[Number, str]]:
    """The numbers that may be figures, as they are typed."""
    reading = Reading(next(sentences_of(sentence)), Room(examined(example().workbook)))
    return [(each, reading.said(each.first, each.end)) for each in reading.numbers]


def sentences_of(text: str) -> Iterator[Sentence]:
    line = Line(LineKind.BULLET, (Span(text),), Place())
    return sentences([ComposedText("care-leavers", "good", (line,))])


def texts(sentence: str) -> list[str]:
    return [text for _, text in numbers_in(sentence)]


# Which numbers there are


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("604 children, or 61.6 per 10,000, were in care.", ["604", "61.6"]),
        ("2 young people (0.48%), 145 of 149, and 1,279 moves", ["2", "0.48%", "145", "149", "1,279"]),
        ("a fall of 2.5 percentage points, or 3 points", ["2.5 percentage points", "3 points"]),
        ("97 per cent, 64 percent and 12.5 %", ["97 per cent", "64 percent", "12.5 %"]),
        ("Five children and two young people", ["Five", "two"]),
        ("13.5% (83/617)", ["13.5%", "83", "617"]),
        ("In June 13 children were missing, in July 17.", ["13"]),
    ],
)
def test_numbers_that_may_be_figures(sentence: str, numbers: list[str]) -> None:
    assert texts(sentence) == numbers


@pytest.mark.parametrize(
    "sentence",
    [
        "On 12 June 2023, the 3rd visit, at 10.30am, on 12/06/2023, in 2021/22 and in Q1 23/24.",
        "Children aged 16 to 18, under 5s, 16-year-olds and those aged 5, 7 and 9.",
        "Within 20 working days, 72 hours, six weeks and twelve months.",
        "In Year 11, at Key Stage 4, under section 20, on page 3 and by 4.05.01.",
        "£12,000, 20 miles, a 3-bed home, 24/7, 01484 221000 and https://a.uk/12.",
        "One of them asked for one-to-one help, three or more times, and one in three agreed.",
        "No one at all.",
    ],
)
def test_numbers_that_are_no_figures(sentence: str) -> None:
    assert texts(sentence) == []


@given(st.integers(0, 10**6), st.integers(0, 3), st.sampled_from(["", "%", " percentage points"]))
def test_a_number_is_read_as_it_is_typed(number: int, decimals: int, unit: str) -> None:
    typed = f"{number / 10**decimals:,.{decimals}f}"
    ((found, text),) = numbers_in(f"It came to {typed}{unit} in all.")

    assert float(found.value) == pytest.approx(number / 10**decimals)
    assert (found.decimals, text) == (decimals, f"{typed}{unit}")
    assert found.unit is {"": Unit.PLAIN, "%": Unit.PERCENT, " percentage points": Unit.POINTS}[unit]


# What is right, and what is wrong


@pytest.mark.parametrize(
    ("section", "right", "wrong", "label"),
    [
        ("children-in-care", "604 children are in our care.", "614 children are in our care.", "number"),
        ("children-in-care", "61.6 per 10,000 (604 children)", "61.6 per 10,000 (640 children)", "number"),
        ("health", "64% of children saw a dentist.", "67% of children saw a dentist.", "number"),
        (
            "health",
            "Two young people (0.48%) misused substances.",
            "Two young people (0.47%) misused substances.",
            "number",
        ),
        ("convictions", "1 of 326 young people (0.31%)", "1 of 336 young people (0.31%)", "number"),
        (
            "children-in-care",
            "604 children were in care, 600 in May.",
            "604 children were in care, 641 in May.",
            "number",
        ),
        ("children-in-care", "The 12-month peak was 629.", "The peak of children in care was 631.", "number"),
        (
            "health",
            "Dental checks: 64.3%, below England (70%).",
            "Dental checks: 64.3%, below England (74%).",
            "number",
        ),
        (
            "care-leavers",
            "7.8% of care leavers were not in suitable accommodation.",
            "92.2% of care leavers were not in suitable accommodation.",
            "number",
        ),
        ("health", "In June 62.5% of dental checks were done.", "In June 64.3% of dental checks were done.", "period"),
        ("care-leavers", "95.0% of care leavers are in touch.", "94.8% of care leavers are in touch.", "period"),
        ("health", "In June 2023 dental checks were 62.5%.", "In June 2024 dental checks were 62.5%.", "period"),
        ("health", "Dental checks rose to 64.3%.", "Dental checks fell to 64.3%.", "direction"),
        ("health", "Dental checks are up.", "Dental checks are down.", "direction"),
        ("health", "Dental checks improved again.", "Initial health assessments improved again.", "direction"),
        (
            "health",
            "Dental checks are below the England average.",
            "Dental checks are above the England average.",
            "direction",
        ),
        (
            "children-in-care",
            "Over the year the number of children in care fell.",
            "Over the year the number of children in care rose.",
            "direction",
        ),
        ("reviews-visits-missing", "Reviews on time remain stable.", "Visits on time remain stable.", "direction"),
        (
            "health",
            "IHAs on time are lower than a year ago, at {{ indicator('4.11.12').now.value }}.",
            "IHAs on time are higher than a year ago, at {{ indicator('4.11.12').now.value }}.",
            "direction",
        ),
        (
            "health",
            "In June {{ indicator('4.11.11').previous.value }} saw a dentist.",
            "In June {{ indicator('4.11.11').now.value }} saw a dentist.",
            "period",
        ),
    ],
)
def test_a_wrong_sentence_is_told_from_a_right_one(section: str, right: str, wrong: str, label: str) -> None:
    assert warned(section, right) == set()
    assert warned(section, wrong) == {label}


@pytest.mark.parametrize(
    ("section", "right", "wrong", "label"),
    [
        (
            "children-in-care",
            "At 31 December 608 children were in care.",
            "At 31 December 629 children were in care.",
            "period",
        ),
        (
            "convictions",
            "In Quarter 1, 0.31% of young people offended.",
            "In Quarter 1, 1.75% of young people offended.",
            "period",
        ),
        (
            "health",
            "Over the last year dental checks rose from 60.2% to 64.3%.",
            "Over the last year dental checks rose from 62.5% to 64.3%.",
            "period",
        ),
        (
            "health",
            "Nationally 70% of children had dental checks.",
            "Nationally 75% of children had dental checks.",
            "number",
        ),
        (
            "health",
            "Dental checks are the highest since June.",
            "Dental checks are at their lowest in twelve months.",
            "direction",
        ),
    ],
)
def test_periods_comparators_and_ranks_are_read_as_people_write_them(
    section: str, right: str, wrong: str, label: str
) -> None:
    assert warned(section, right) == set()
    assert warned(section, wrong) == {label}


@pytest.mark.parametrize(
    "sentence",
    [
        "17 staff were trained.",
        "3.1 Children in care are well.",
        "Dental checks rose from a low of 56.2% in May to 64.3%.",
        "We want to reduce the number of children in care to 500.",
        "Our aim is that 95% of children see a dentist by March 2024.",
        "More help for carers reduced the pressure on families.",
        "About 600 children are in our care.",
        "Three brothers moved in together.",
        "604 children were in care, higher than the 590 we had planned for.",
    ],
)
@pytest.mark.parametrize("section", ["children-in-care", "health", "fostering"])
def test_what_no_indicator_says_brings_no_warning(section: str, sentence: str) -> None:
    assert warned(section, sentence) == set()


PIECES = [
    "_",
    "…",
    "–",
    ",",
    ";",
    ":",
    "(",
    ")",
    "%",
    "and",
    "between",
    "from",
    "to",
    "not",
    "of",
    "by",
    "than",
    "604",
    "3.1",
    "1/2",
    "July",
    "Q1",
    "year",
    "England",
    "target",
    "met",
    "rose",
    "highest",
    "since",
    "children",
    "in",
    "care",
]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8))
def test_any_words_and_signs_are_read(pieces: list[str]) -> None:
    assert isinstance(findings_of("children-in-care", " ".join(pieces)), list)


def test_a_finding_says_the_words_the_indicator_and_its_figure() -> None:
    (found,) = findings_of("convictions", "Offences stand at 0.45% of young people, which is little.")

    assert found.message == (
        "“stand at 0.45% of young people, which”: Young people aged 10–17, looked after 12 months or more…,"
        " Apr-Jun 23/24 Q1: 0.31% (1/326)"
    )
    assert len(found.message.split()) <= 30
    assert found.quote is not None
    assert found.quote.row == (
        '"Offences stand at 0.45% of young people, which is little.",'
        '"4.12.01, Apr-Jun 23/24 Q1: 0.31% (1/326)",your name,the reason'
    )
    assert (found.place.cell, found.place.indicator) == ("C2", "4.12.01")


def test_a_number_that_is_rounded_further_is_right() -> None:
    assert warned("convictions", "0.3% of young people offended.") == set()


def test_a_swapped_row_says_whose_figure_belongs_there() -> None:
    (found,) = findings_of("reviews-visits-missing", "98.3% of children were visited within statutory timescales.")
    assert (found.code, found.place.indicator) == ("narrative.swapped", "4.07.01")


def tags(section: str, *sentences: str) -> list[str]:
    """The tags that are offered for what is typed in sentences."""
    found = findings_of(section, *sentences)
    return [
        f.hint.split(" instead")[0].removeprefix("Write ") for f in found if f.code == "narrative.could-be-computed"
    ]


@pytest.mark.parametrize(
    ("section", "sentence", "offered"),
    [
        ("children-in-care", "604 children were in care.", ['{{ indicator("4.02.01").now.count }}']),
        ("health", "64.3% of children saw a dentist, 60% in England.", []),
        ("children-in-care", "604 children were in care, up from 640 children in care in June.", []),
        ("children-in-care", "Next month 604 children will be in care.", []),
        ("health", "It was 64.3%.", []),
    ],
    ids=["named", "beside a warning", "beside a wrong number", "planned", "not named"],
)
def test_a_tag_is_offered_only_where_all_is_right_and_the_clause_names_it(
    section: str, sentence: str, offered: list[str]
) -> None:
    assert tags(section, sentence) == offered


def test_opposite_directions_of_a_figure_that_is_missing_contradict_each_other(tmp_path: Path) -> None:
    change: Change = {
        "Data!F2": "[x]",
        "Narrative!C2": "The number of children in care rose.",
        "Narrative!A3": "care",
        "Narrative!B3": "next",
        "Narrative!C3": "The number of children in care fell.",
    }
    assert "narrative.sentences-disagree" in {finding.code for finding in example_month(tmp_path, change)}


@pytest.mark.parametrize(
    ("keys", "newest", "held"),
    [
        ('polarity = "low"', 740, "Jul 22: 617; Jul 23: 740"),
        ('polarity = "high"', 480, "Jul 22: 617; Jul 23: 480"),
        ('polarity = "low"\nkind = "flow"', 640, "mean: 612; Jul 23: 640"),
        ('polarity = "low"', 640, ""),  # more than in any month of the year, but it may be chance
        ('polarity = "high"', 740, ""),
        ('polarity = "none"', 740, ""),
    ],
)
def test_an_indicator_that_is_judged_worse_wants_a_word(tmp_path: Path, keys: str, newest: int, held: str) -> None:
    change: Change = {
        "report.toml": Replaced('"waits"]', '"waits"]\nslots = [{ id = "good", title = "What went well" }]'),
        "indicators.toml": Replaced('title = "Contacts"', f'title = "Contacts"\n{keys}'),
        "Data – history!P2": newest,
        "Narrative!A3": "history",
        "Narrative!B3": "good",
        "Narrative!C3": "Dental checks went well.",
    }
    heard = {**change, "Narrative!C3": "Contacts were many, as a new school opened."}
    said = [f.message for f in example_month(tmp_path, change) if f.code == "narrative.worse-unmentioned"]

    wanted = f"no narrative of History mentions Contacts, which got clearly worse ({held})"
    assert said == ([wanted] if held else [])
    assert "narrative.worse-unmentioned" not in {f.code for f in example_month(tmp_path / "heard", heard)}


def test_a_template_is_read_as_narratives_are(tmp_path: Path) -> None:
    change: Change = {"care.md": Added("\n640 children were in care.\n")}
    assert "narrative.number-disagrees" in {finding.code for finding in example_month(tmp_path, change)}


# The example's narratives, typed by hand


def test_no_warning_stands_in_the_example_where_tags_are_typed_out() -> None:
    found = list(quoted(examined(replace(example().workbook, narratives=typed()))))

    assert {finding.code for finding in found} <= {"narrative.could-be-computed", "narrative.number-unchecked"}
    assert len([finding for finding in found if finding.code == "narrative.could-be-computed"]) > 10


# Acceptance


WRONG: Change = {"Narrative!C2": "614 children were in care."}
HELD = '"Children in care, Jul 23: 61.6 (604/98,050)"'


def accepted(folder: Path, change: Change, sentence: str = "614 children were in care.", held: str = HELD) -> list[str]:
    """The codes of what is found after an acceptance."""
    row = f"Sentence,Figure,Name,Reason\n{sentence},{held},Ann Lee,counted by hand\n"
    return [finding.code for finding in example_month(folder, {**WRONG, **change, ACCEPTED: row})]


def test_an_accepted_sentence_is_listed_as_ignored(tmp_path: Path) -> None:
    assert accepted(tmp_path, {}) == []

    (ignored,) = load_workbook(tmp_path / "july-2023.xlsx").ignored
    assert (ignored.finding.code, ignored.why) == ("narrative.number-disagrees", "accepted by Ann Lee: counted by hand")


def test_quotes_spaces_and_semicolons_do_not_matter(tmp_path: Path) -> None:
    row = f"sentence;figure;name;reason\n“614  children were in care.”;{HELD};Ann Lee;counted\n"
    assert [f.code for f in example_month(tmp_path, {**WRONG, ACCEPTED: row})] == []


@pytest.mark.parametrize(
    "change", [{"Narrative!C2": "615 children were in care."}, {"Data!F2": 605}], ids=["sentence", "figure"]
)
def test_an_acceptance_lapses_when_its_sentence_or_its_figure_changes(tmp_path: Path, change: Change) -> None:
    assert accepted(tmp_path, change) == ["narrative.number-disagrees", "narrative.acceptance-lapsed"]


@pytest.mark.parametrize("where", ["accepted.csv", "narrative/2023-06/accepted.csv", "narrative/2022-12/accepted.csv"])
def test_an_acceptance_lasts_from_month_to_month(tmp_path: Path, where: str) -> None:
    row = f"sentence,figure,name,reason\n614 children were in care.,{HELD},Ann Lee,counted\n"
    assert [f.code for f in example_month(tmp_path / "same", {**WRONG, where: row})] == []

    changed_figure = [f.code for f in example_month(tmp_path / "changed", {**WRONG, "Data!F2": 605, where: row})]
    lapsed = ["narrative.acceptance-lapsed"] if where == "accepted.csv" else []
    assert changed_figure == ["narrative.number-disagrees", *lapsed]


def test_an_acceptance_of_a_later_month_holds_not_yet(tmp_path: Path) -> None:
    row = f"sentence,figure,name,reason\n614 children were in care.,{HELD},Ann Lee,counted\n"
    later: Change = {**WRONG, "narrative/2023-08/accepted.csv": row}
    assert [f.code for f in example_month(tmp_path, later)] == ["narrative.number-disagrees"]


THREE = "614 children (62.9 per 10,000) were in care, up from 640 in June."


def test_one_row_accepts_all_that_is_found_about_a_sentence(tmp_path: Path) -> None:
    found = example_month(tmp_path, {"Narrative!C2": THREE})
    rows = {finding.quote.row for finding in found if finding.quote}
    assert (len(found) > 1, len(rows)) == (True, 1)

    (tmp_path / "accepted.csv").write_text("sentence,figure,name,reason\n" + rows.pop(), encoding="utf-8")
    month = load_workbook(tmp_path / "july-2023.xlsx")
    assert (month.findings, len(month.ignored)) == ((), len(found))


def test_a_row_accepts_no_more_than_its_figures(tmp_path: Path) -> None:
    found = example_month(tmp_path, {"Narrative!C2": THREE})
    held = {finding.quote.held for finding in found if finding.quote}
    one = min(held)
    (tmp_path / "accepted.csv").write_text(
        f'sentence,figure,name,reason\n"{THREE}","{one}",Ann Lee,counted\n', encoding="utf-8"
    )
    left = load_workbook(tmp_path / "july-2023.xlsx").findings
    assert {finding.quote.held for finding in left if finding.quote} == held - {one} != set()


def test_acceptances_that_lapsed_are_one_note(tmp_path: Path) -> None:
    rows = "sentence,figure,name,reason\n" + "".join(f'It was {n}.,"x",Ann Lee,counted\n' for n in range(3))
    (lapsed,) = example_month(tmp_path, {"accepted.csv": rows})
    assert (lapsed.code, lapsed.place.line) == ("narrative.acceptance-lapsed", 2)
    assert lapsed.message.endswith("has changed (and 2 more)")


def test_an_acceptance_without_a_name_accepts_nothing(tmp_path: Path) -> None:
    row = f"sentence,figure,name,reason\n614 children were in care.,{HELD},,counted\n"
    codes = [f.code for f in example_month(tmp_path, {**WRONG, ACCEPTED: row})]
    assert codes == ["narrative.accepted-incomplete", "narrative.number-disagrees"]


# Mistakes in tags


@pytest.mark.parametrize("file", ["care.md", "care.docx", ""])
def test_a_mistake_in_a_tag_names_the_slot_and_the_sentence(tmp_path: Path, file: str) -> None:
    from .example_month import Word

    sentence = "In all {{ indicator('rat').now }} were in care."
    files: dict[str, Change] = {
        "care.md": {"narrative/2023-07/care.md": f"## What is next?\n\nWell.\n\n- {sentence}\n"},
        "care.docx": {"narrative/2023-07/care.docx": Word(f"# What is next?\nWell.\n{sentence}")},
        "": {"Narrative!A3": "care", "Narrative!B3": "next", "Narrative!C3": sentence},
    }
    (found,) = example_month(tmp_path, files[file])

    assert found.place.file == (file or "july-2023.xlsx")
    assert found.message == f"'rat' is not an indicator; did you mean 'rate'? (under 'What is next?': “{sentence}”)"


def test_curly_quotes_in_tags_are_understood_everywhere(tmp_path: Path) -> None:
    change: Change = {
        "Narrative!C2": "There were {{ indicator(“rate”).now.count }} children.",
        "narrative/2023-07/care.md": "## What is next?\n\n{{ indicator(‘rate’).now.count }} children were in care.\n",
    }
    assert example_month(tmp_path, change) == []


def test_nothing_is_found_about_an_indicator_across_a_break(tmp_path: Path) -> None:
    change = 'title = "Moves"\nchanges = [{ date = 2023-07-01, note = "Counted anew.", comparable = false }]'
    sentence = "The number of moves rose to {{ indicator('moves').now.value }}."
    months: Change = {"indicators.toml": Replaced('title = "Moves"', change), "Narrative!C2": sentence}

    assert [f.code for f in example_month(tmp_path, months)] == []


def test_a_target_is_known(tmp_path: Path) -> None:
    target: Change = {"indicators.toml": Replaced('title = "Health checks"', 'title = "Health checks"\ntarget = 97')}
    right = {**target, "Narrative!C2": "Health checks (98.5%) are above the target of 97%."}
    wrong = {**target, "Narrative!C2": "Health checks are below the target."}

    assert {f.code for f in example_month(tmp_path / "a", right)} <= {"narrative.could-be-computed"}
    assert {f.code for f in example_month(tmp_path / "b", wrong)} == {"narrative.target-disagrees"}


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("Custody missed its target of 4.", set()),
        ("Custody met its target.", {"narrative.target-disagrees"}),
        ("Custody is 1 above its target.", set()),
        ("Sentences met the target of 18.", set()),  # the year has not ended
        ("Sentences missed the target.", set()),
    ],
)
def test_the_target_of_a_cumulative_indicator_is_held_against_the_year_to_date(
    tmp_path: Path, sentence: str, codes: set[str]
) -> None:
    year = 'polarity = "low",cumulative = "financial-year",target = 18'
    profile = f"profile = {[1, 2, 3, *range(4, 12), 18]}\n"
    head, numbers = ["Indicator", "Figure", "Apr 23", "May 23", "Jun 23", "Jul 23"], [1, 1, 0, 3]
    names = ("custody", "sentences")
    indicators = toml(f"sentences number {year}", f"custody number {year}") + profile
    folder = write_report(tmp_path, indicators, care="{{ narrative('next') }}")
    sheets = {
        "Data": [head, *([name, "value", *numbers] for name in names)],
        "Narrative": [["Section", "Slot", "Text"], ["care", "next", sentence]],
    }
    found = load_workbook(write_workbook(folder / "july-2023.xlsx", sheets)).findings

    assert {each.code for each in found if each.code.startswith("narrative") and not each.rule.is_verbose} == codes


def test_json_the_marked_copy_and_explain_say_how_to_accept_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[..., tuple[int, str, str]]
) -> None:
    write_example(tmp_path, WRONG)
    monkeypatch.chdir(tmp_path)
    row = f'"614 children were in care.",{HELD},your name,the reason'

    (record,) = json.loads(call("validate", "july-2023.xlsx", "--json")[1])
    assert record["accept"] == row

    _, out, _ = call("validate", "july-2023.xlsx", "--annotate", "marked.xlsx")
    assert row not in out
    mends = [str(line[4]) for line in openpyxl.load_workbook("marked.xlsx")["Findings"].values]
    assert [mend for mend in mends if mend.endswith(f"\nRow for accepted.csv: {row}")]

    assert "Row for accepted.csv" in call("explain", record["code"])[1]
    assert "Row for accepted.csv" not in call("explain", "narrative.could-be-computed")[1]
