"""What narratives say of figures: numbers, periods and directions held against the tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.figures import numerator_exceeds_denominator
from cpreport.checks.narrative.quoted import quoted
from cpreport.checks.narrative.quoted.facts import Kind
from cpreport.checks.narrative.quoted.numbers import Unit, numbers_of
from cpreport.checks.narrative.quoted.sentences import sentences
from cpreport.checks.narrative.quoted.verdicts import Reader
from cpreport.compose.report import compose_report
from cpreport.model.document import List, plain
from cpreport.model.figure import CellRef, Entry, Form
from cpreport.model.finding import Severity
from cpreport.model.workbook import Workbook
from cpreport.pipeline import load_workbook

from .example_month import Change, Replaced
from .quoted import EXAMPLE, OTHER, examined, example, findings_of, labelled, score, typed, warned
from .workbooks import example_month

ACCEPTED = "narrative/2023-07/accepted.csv"


def texts(sentence: str) -> list[str]:
    return [number.text.strip() for number in numbers_of(sentence)]


# How often it is right


LABELLED = {
    "tuning": EXAMPLE,
    "more": EXAMPLE,
    "false_alarms": EXAMPLE,
    "held_out": EXAMPLE,
    "tamarshire/sentences": OTHER,
}


def test_nine_warnings_in_ten_are_right_and_eight_wrong_sentences_in_ten_are_found() -> None:
    """Of every twelfth sentence; the stress tests score all of them, each file by itself."""
    reached = score([(each, path) for name, path in LABELLED.items() for each in labelled(name)[::12]])
    assert reached.precision >= 0.9
    assert reached.recall >= 0.8


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
    (found,) = numbers_of(f"It came to {typed}{unit} in all.")

    assert found.value is not None
    assert float(found.value) == pytest.approx(number / 10**decimals)
    assert (found.decimals, found.text) == (decimals, f"{typed}{unit}")
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
            "fostering",
            "In all 441 foster placements were made up.",
            "In all 451 foster placements were made up.",
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
    "sentence",
    [
        "17 staff were trained.",
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


def test_a_finding_says_the_sentence_the_figure_and_how_to_accept_it() -> None:
    (found,) = findings_of("convictions", "Offences stand at 0.45% of young people, which is little.")

    assert found.message == (
        "'0.45%' in “Offences stand at 0.45% of young people, which is little.”: the table says otherwise"
        " (4.12.01, Apr-Jun 23/24 Q1: 0.31% (1/326))"
    )
    assert found.hint.endswith(
        'accepted.csv beside the workbook this row: "Offences stand at 0.45% of young people, which is little.",'
        '"4.12.01, Apr-Jun 23/24 Q1: 0.31% (1/326)",your name,the reason'
    )
    assert (found.place.cell, found.place.indicator) == ("C2", "4.12.01")


def test_a_number_that_is_cut_off_says_so() -> None:
    (found,) = findings_of("convictions", "0.30% of young people offended.")
    assert "it is cut off instead of rounded" in found.message


def test_a_right_number_has_the_tag_that_prints_it() -> None:
    found = findings_of("children-in-care", "604 children (61.6 per 10,000) were in care, 600 in May.")
    assert [f.hint.partition(" instead")[0] for f in found if f.code == "narrative.could-be-computed"] == [
        'Write {{ indicator("4.02.01").now.count }}',
        'Write {{ indicator("4.02.01").now.value }}',
        'Write {{ indicator("4.02.01").at("May 23").count }}',
    ]


def computable(section: str, sentence: str) -> list[str]:
    """What is told to be computable in a sentence."""
    found = findings_of(section, sentence)
    return [f.message.split("'")[1] for f in found if f.code == "narrative.could-be-computed"]


@pytest.mark.parametrize(
    ("section", "sentence", "offered"),
    [
        ("education", "24 of 24 initial PEPs were completed in May.", []),
        ("children-in-care", "The highest number of children in care was 629, in October 2022.", []),
        (
            "fostering",
            "148 were in in-house foster placements, 117 with family and friends and 176 with agencies.",
            ["148", "117", "176"],
        ),
        ("fostering", "148, 117 and 176 were placed with carers.", []),
        ("health", "90.1% of over-fives had their annual health assessment.", ["90.1%"]),
        ("health", "90.1% of under-fives had their assessment.", []),
        ("reviews-visits-missing", "7 return interviews were held late.", []),
        ("children-in-care", "604 children were in care.", ["604"]),
        ("children-in-care", "Next month 604 children will be in care.", []),
        ("children-in-care", "The number of children in care went from 598 to 604.", ["604"]),
        ("children-in-care", "In three months the number of children in care went from 598 to 604.", ["598", "604"]),
        ("children-in-care", "604 is the lowest number of children in care.", []),
    ],
)
def test_a_tag_is_offered_only_for_a_number_that_is_surely_one_thing(
    section: str, sentence: str, offered: list[str]
) -> None:
    assert computable(section, sentence) == offered


def test_a_figure_of_another_indicator_is_no_excuse() -> None:
    assert warned("health", "89.7% of children have seen a dentist.") == {"number"}
    agencies = "148 were in in-house foster placements, 148 with family and friends and 176 with agencies."
    assert warned("fostering", agencies) == {"number"}


def test_a_tag_of_another_period_is_named() -> None:
    tag = "{{ indicator('4.02.01').now.count }}"
    (found, *_) = findings_of("children-in-care", f"A month ago {tag} children were in care.")
    assert found.message.startswith(
        f'"{tag}" in “A month ago … children were in care.”: the tag prints the figure of Jul'
    )


def test_a_number_that_is_rounded_further_has_none() -> None:
    assert findings_of("convictions", "0.3% of young people offended.") == []


# Between sentences


def test_two_sentences_with_different_figures_contradict_each_other() -> None:
    found = findings_of("children-in-care", "604 children are in our care.", "All 640 children in care have a plan.")
    (told,) = (finding for finding in found if finding.code == "narrative.sentences-disagree")

    assert told.place.cell == "C3"
    assert "says 640, but “604 children are in our care.” (july-2023.xlsx Narrative!C2) says 604" in told.message


def test_a_rounded_figure_is_no_contradiction() -> None:
    codes = {f.code for f in findings_of("health", "Dental checks are 64.3%.", "64% of children saw a dentist.")}
    assert "narrative.sentences-disagree" not in codes


def test_opposite_directions_contradict_each_other() -> None:
    found = findings_of("health", "Dental checks rose again.", "Dental checks fell this month.")
    assert [f.place.cell for f in found if f.code == "narrative.sentences-disagree"] == ["C3"]


def test_an_indicator_that_got_clearly_worse_wants_a_word() -> None:
    silent = findings_of("health", "Dental checks went well.")
    heard = findings_of(
        "health", "Dental checks went well.", "Initial health assessments were late for want of consent."
    )

    assert [f.place.indicator for f in silent if f.code == "narrative.worse-unmentioned"] == ["4.11.12"]
    assert [f for f in heard if f.code == "narrative.worse-unmentioned"] == []


# The example's narratives, typed by hand


def test_all_its_numbers_are_confirmed() -> None:
    found = list(quoted(examined(replace(example().workbook, narratives=typed()))))

    assert {finding.code for finding in found} == {"narrative.could-be-computed"}
    assert len(found) > 60


def quoted_cells() -> set[CellRef]:
    """The cells of the figures that the example's narratives quote, with the number that is quoted."""
    month = examined(replace(example().workbook, narratives=typed()))
    told = Reader(month)
    verdicts = (verdict for sentence in sentences(month) for verdict in told.read(sentence).verdicts)
    facts = [
        (v.known.timeline, v.fact) for v in verdicts if v.known and v.fact and v.fact.period in v.known.timeline.figures
    ]
    figures = [(timeline.at(fact.period), fact.kind) for timeline, fact in facts if fact.period]
    parts = [f.denominator if kind is Kind.DENOMINATOR else f.numerator or f.given for f, kind in figures]
    return {cell for part in parts if part for cell in part.cells[:1]}


def changed(entry: Entry) -> Entry:
    """An entry that is one more: one per cent more if it is a per cent, or less where that would be above 100."""
    number = entry.amount.number
    assert number is not None
    step = Decimal("0.01") if entry.amount.form is Form.PERCENT_FORMAT else Decimal(1)
    is_full = step < 1 and number >= 1
    return replace(entry, amount=replace(entry.amount, number=number - step if is_full else number + step))


def narrative_texts(workbook: Workbook) -> list[str]:
    month = examined(workbook)
    report = compose_report(workbook, month.folder, month.figures).report
    return [plain(entry.text) for s in report.sections for b in s.blocks if isinstance(b, List) for entry in b.entries]


def unnoticed(cells: Iterable[CellRef]) -> list[CellRef]:
    """The cells that may hold one more without a warning, or without another sentence."""
    workbook = example().workbook
    before = narrative_texts(workbook)

    def is_noticed(cell: CellRef) -> bool:
        entries = tuple(changed(entry) if entry.cell == cell else entry for entry in workbook.entries)
        other = replace(workbook, entries=entries)
        month = examined(replace(other, narratives=typed()))
        found = [*quoted(month), *numerator_exceeds_denominator(month)]
        return any(f.severity is not Severity.NOTE for f in found) and narrative_texts(other) != before

    return [cell for cell in cells if not is_noticed(cell)]


def test_a_quoted_figure_that_changes_by_one_brings_a_warning_or_another_sentence() -> None:
    """Of every thirtieth figure; the stress tests change all of them."""
    assert unnoticed(sorted(quoted_cells(), key=str)[::30]) == []


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
    rows = {finding.hint.partition("this row: ")[2] for finding in found}
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
    assert found.message == f"'rat' is no indicator; did you mean 'rate'? (under 'What is next?': “{sentence}”)"


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

    assert {f.code for f in example_month(tmp_path / "a", right)} == {"narrative.could-be-computed"}
    assert {f.code for f in example_month(tmp_path / "b", wrong)} == {"narrative.direction-disagrees"}
