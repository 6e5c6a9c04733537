"""What is found in narratives: when a text is required, how long it is, what it repeats, which words it explains."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.checks.narrative.abbreviations import spelled_out
from cpreport.model.document import Table, plain
from cpreport.pipeline import load_workbook

from .example_month import EARLIER, REPORT, Added, Change, Replaced, Word
from .workbooks import example_month, write_example

CARE = "narrative/2023-07/care.md"
BEFORE = "narrative/2023-06/care.md"
LONG = "Each child was visited at home, and the carers' group met in the town hall."


def slot(keys: str) -> Change:
    """The report with these keys of the slot `next`."""
    return {"report.toml": Replaced('next?"', f'next?", {keys}')}


def moves(keys: str, *figures: float) -> Change:
    """The indicator moves with further keys and other figures up to July."""
    cells = {f"Data!{column}6": figure for column, figure in zip("DEF"[-len(figures) :], figures, strict=True)}
    return {"indicators.toml": Replaced('title = "Moves"', f'title = "Moves"\n{keys}'), **cells}


SET_OFF = {
    "Status!A1": "Indicator",
    "Status!B1": "Status",
    "Status!C1": "Reason",
    "Status!A2": "moves",
    "Status!B2": "off target",
    "Status!C2": "Too many of them were not planned.",
}


def moved(keys: str, then: float, now: float) -> Change:
    """The indicator moves with further keys, and its figures of July 2022 and 2023."""
    return moves(keys, now) | {"Data!H1": "Jul 22", "Data!H6": then}


def found(folder: Path, change: Change) -> list[tuple[str, str]]:
    """The codes of what is found, with the place."""
    return [
        (finding.code, f"{finding.place.file} {finding.place}".removeprefix("july-2023.xlsx "))
        for finding in example_month(folder, change)
    ]


def message(folder: Path, change: Change, code: str) -> str:
    (only,) = (finding.message for finding in example_month(folder, change) if finding.code == code)
    return only


# When a text is required


@pytest.mark.parametrize(
    ("condition", "change", "reason"),
    [
        ("worse", moved('polarity = "low"', 1180, 1281), "Moves got worse: 1,180 (Jul 22) to 1,281 (Jul 23)"),
        ("worse", moved('polarity = "high"', 1281, 1180), "Moves got worse: 1,281 (Jul 22) to 1,180 (Jul 23)"),
        ("worse", moved('polarity = "high"', 1180, 1281), ""),
        ("worse", moved('polarity = "low"', 1280, 1281), ""),
        ("worse", moved("", 1180, 1281), ""),
        ("worse", moves('polarity = "low"', 1180, 1281), ""),
        (
            "worse",
            moved('polarity = "low"\nlag = 1', 1180, 1281) | {"Data!F6": None, "Data!E6": 1281, "Data!H1": "Jun 22"},
            "Moves got worse: 1,180 (Jun 22) to 1,281 (Jun 23)",
        ),
        (
            "missed-target",
            moves('polarity = "low"\ntarget = 1280', 1281),
            "Moves missed its target: 1,281, target 1,280",
        ),
        ("missed-target", moves('polarity = "high"\ntarget = 1281.5', 1281), "target 1,281.5"),
        ("missed-target", moves('polarity = "low"\ntarget = 1281', 1281), ""),
        ("missed-target", moves("target = 1280", 1281), ""),
        (
            "missed-target",
            moves('polarity = "low"\ntargets = [{ value = 1 , from = 2023-08-01 }]', 1281),
            "",
        ),
        ("off-target", moves('polarity = "low"\ntarget = 1000', 1281), "Moves is off target: 1,281, target 1,000"),
        ("close-to-target", moves('polarity = "low"\ntarget = 1000', 1281), ""),
        ("off-target", moves('polarity = "low"\ntarget = 1280', 1281), ""),
        (
            "close-to-target",
            moves('polarity = "low"\ntarget = 1280', 1281),
            "Moves is close to target: 1,281, target 1,280",
        ),
        (
            "missed-target",
            moves('polarity = "low"\ntarget = 99\ncumulative = "financial-year"', 1281) | {"Data!D6": 9, "Data!E6": 9},
            "",
        ),
        (
            "off-target",
            moves('polarity = "low"\ntarget = 1280', 1281) | SET_OFF,
            "Moves is off target, as the sheet Status says",
        ),
        ("close-to-target", moves('polarity = "low"\ntarget = 1280', 1281) | SET_OFF, ""),
        ("special-cause", moves('polarity = "low"', 1280, 9999), ""),
    ],
)
def test_a_text_is_required_where_the_condition_holds(
    tmp_path: Path, condition: str, change: Change, reason: str
) -> None:
    findings = example_month(tmp_path, {**slot(f'required_when = ["{condition}"]'), **change})
    messages = [finding.message for finding in findings if finding.code == "narrative.slot-empty"]

    if reason:
        (only,) = messages
        assert only.startswith("the narrative 'What is next?' is missing, because ") and reason in only
    else:
        assert messages == []


def test_a_special_cause_and_a_figure_worse_than_usual_require_a_text(tmp_path: Path) -> None:
    columns = [chr(ord("H") + number) for number in range(12)]
    history: Change = {
        cell: value
        for number, column in enumerate(columns)
        for cell, value in ((f"Data!{column}1", f"2022-{number + 1:02}"), (f"Data!{column}6", 1280 + number % 2))
    }
    more: Change = {f"Data!{c}1": f"2023-{n:02}" for c, n in zip("TUVW", (1, 2, 3, 4), strict=True)}
    figures: Change = {f"Data!{c}6": 1280 for c in "TUVW"}
    of_flow = {"indicators.toml": Replaced('title = "Moves"', 'title = "Moves"\nkind = "flow"')}
    wanted = slot('required = true, required_when = ["special-cause"]') | of_flow

    assert "narrative.slot-empty" not in dict(found(tmp_path / "calm", {**wanted, **history, **more, **figures}))
    text = message(tmp_path, {**wanted, **history, **more, **figures, "Data!F6": 1300}, "narrative.slot-empty")
    assert "Moves shows a special cause: 1,300 is above the upper limit of 1,28" in text

    low = Replaced('title = "Moves"', 'title = "Moves"\nkind = "flow"\npolarity = "low"')
    worse = slot('required = true, required_when = ["worse"]') | {"indicators.toml": low}
    assert "narrative.slot-empty" not in dict(found(tmp_path / "usual", {**worse, **history, **more, **figures}))
    text = message(tmp_path / "worse", {**worse, **history, **more, **figures, "Data!F6": 1300}, "narrative.slot-empty")
    assert "Moves is worse than usual: 1,300 is above the upper limit of 1,28" in text


def test_three_indicators_are_named_and_the_others_counted(tmp_path: Path) -> None:
    better = "".join(
        f'\n[[indicators]]\nid = "x{n}"\ntitle = "X{n}"\nmeasure = "number"\npolarity = "high"' for n in range(5)
    )
    figures: Change = {
        f"Data!{column}{11 + n}": value
        for n in range(5)
        for column, value in zip("ABFH", (f"x{n}", "value", 20, 60), strict=True)
    } | {"Data!H1": "Jul 22"}
    report = REPORT.format(listed=["rate", *(f"x{n}" for n in range(5))])
    wanted = report.replace('next?"', 'next?", required = true, required_when = ["special-cause", "worse"]')
    change: Change = {"report.toml": wanted, "indicators.toml": Added(better), **figures}

    said = message(tmp_path, change, "narrative.slot-empty")
    assert said.endswith("because X0 {0}; X1 {0}; X2 {0}; and 2 more".format("got worse: 60 (Jul 22) to 20 (Jul 23)"))


def test_a_list_of_conditions_says_when_a_required_text_is_required(tmp_path: Path) -> None:
    denied = 'required = false, required_when = ["worse"]'
    for keys in (denied, "required_when = []", "min_words = 5, max_words = 4"):
        assert found(tmp_path, slot(keys)) == [("definition.invalid", "report.toml ")]


def test_a_text_without_a_word_is_missing(tmp_path: Path) -> None:
    change = {**slot("required = true"), CARE: "## What is next?\n\n{# to be written #}\n"}
    assert ("narrative.slot-empty", "care/next") in found(tmp_path, change)


# How long it is


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ indicator('rate').now }} children – or so – were in care.", "8 words"),
        ("- One\n- two **three**.\n\n### Four\n\nFive", "5 words"),
        ("{% set a = 1 %}{# none #}Well.", "1 word"),
        ("Hand-in-hand\u00a0we walk.", "3 words"),
    ],
)
def test_the_words_that_a_tag_prints_are_counted(tmp_path: Path, text: str, words: str) -> None:
    said = message(tmp_path, {**slot("min_words = 50"), CARE: f"## What is next?\n{text}"}, "narrative.too-short")
    assert said == f"the narrative 'What is next?' has {words}, fewer than the 50 it should have"


@pytest.mark.parametrize("number", ["604¹", "604<sup>1</sup>", "604<sup>1, 2</sup>", "604²⁰"])
@pytest.mark.parametrize("other", ["", "9"])
def test_raised_digits_are_no_part_of_a_number(tmp_path: Path, number: str, other: str) -> None:
    text = f"In July 2023 there were {other}{number} children in care."
    codes = {code for code, _ in found(tmp_path, {"Narrative!C2": text})}
    assert ("narrative.number-disagrees" in codes) == bool(other)


# Last month's text


@pytest.mark.parametrize(
    ("now", "before", "is_copied"),
    [
        (LONG, LONG, True),
        (LONG, LONG.replace("'", "’").replace(" at ", "\u00a0at ").upper(), True),
        (LONG, "Nobody had an unplanned move, which the children told us matters most.", False),
        ("All is well with us.", "All is well with us.", False),
    ],
)
def test_a_text_is_compared_with_last_months(tmp_path: Path, now: str, before: str, is_copied: bool) -> None:
    change = {CARE: f"## What is next?\n{now}\n", BEFORE: f"## What is next?\n\n{before}\n"}
    assert (("narrative.copied", "care.md line 2") in found(tmp_path, change)) is is_copied


@pytest.mark.parametrize("period", ["2023-06", "2023-05", "2023-04", "2023-03"])
@pytest.mark.parametrize("file", ["care.md", "history.md"])
def test_a_text_is_compared_with_three_months_and_all_sections(tmp_path: Path, period: str, file: str) -> None:
    history = 'indicators = ["contacts", "placed", "dental", "waits"]\nslots = [{ id = "done", title = "What we did" }]'
    report = Replaced('indicators = ["contacts", "placed", "dental", "waits"]', history)
    heading = "next" if file == "care.md" else "What we did"
    change: Change = {
        "report.toml": report,
        CARE: f"## next\n{LONG}\n",
        f"narrative/{period}/{file}": f"# {heading}\n{LONG}",
    }
    told = [f.message for f in example_month(tmp_path, change)]

    assert len(told) == (0 if period == "2023-03" else 1)
    assert all(f"in {period}/{file}" in message for message in told)


def test_a_text_that_was_in_several_months_is_one_finding(tmp_path: Path) -> None:
    texts = {f"narrative/2023-0{month}/care.md": f"## next\n{LONG}\n" for month in (4, 5, 6, 7)}
    (finding,) = example_month(tmp_path, texts)

    assert "the same as the text of Jun 23 in 2023-06/care.md" in finding.message


TAGGED = "In the month {{ indicator('moves').now.value }} moves were counted, as the carers told us in the evening."


@pytest.mark.parametrize(
    ("now", "before", "is_copied"),
    [
        (TAGGED, TAGGED.replace("{{ indicator('moves').now.value }}", "1,281"), True),
        (TAGGED.replace("{{ indicator('moves').now.value }}", "1,280"), TAGGED, True),
        (TAGGED.replace("{{ indicator('moves').now.value }}", "1,281"), TAGGED, False),
        (TAGGED, TAGGED, False),
        (
            TAGGED.replace("{{", "**{{").replace("}}", "}}**"),
            TAGGED.replace("{{ indicator('moves').now.value }}", "1,281"),
            True,
        ),
    ],
)
def test_texts_are_compared_as_they_were_printed(tmp_path: Path, now: str, before: str, is_copied: bool) -> None:
    strict = Replaced("[[sections]]", "[narratives]\nsimilarity = 100\n\n[[sections]]")
    change: Change = {"report.toml": strict, CARE: f"## next\n{now}\n", BEFORE: f"## next\n{before}\n"}

    assert ("narrative.copied" in [f.code for f in example_month(tmp_path, change)]) is is_copied


def test_a_standing_text_whose_tags_print_new_figures_is_not_copied(tmp_path: Path) -> None:
    standing: Change = {CARE: f"## next\n{TAGGED}\n", BEFORE: f"## next\n{TAGGED}\n"}
    typed = TAGGED.replace("{{ indicator('moves').now.value }}", "1,281")

    assert found(tmp_path / "standing", standing) == []
    assert "narrative.copied" in dict(found(tmp_path / "typed", {**standing, CARE: f"## next\n{typed}\n"}))


def test_a_folder_that_names_no_period_has_none_before_it(tmp_path: Path) -> None:
    change: Change = {"texts/care.md": f"## next\n{LONG}\n", "2023-06/care.md": f"## next\n{LONG}\n"}
    write_example(tmp_path, change)
    month = load_workbook(tmp_path / "july-2023.xlsx", narrative=tmp_path / "texts")

    assert (month.workbook.earlier_narratives, month.findings) == ({}, ())


def test_what_is_wrong_with_last_months_files_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, {BEFORE: "words\n## nowhere\nx\n", "narrative/2023-06/gone.md": b"\xe9"}) == []


def test_how_much_the_same_counts_as_copied_is_the_reports_to_say(tmp_path: Path) -> None:
    change: Change = {CARE: f"## next\n{LONG}\n", BEFORE: f"## next\n{LONG} Not so.\n"}
    strict = {**change, "report.toml": Replaced("[[sections]]", "[narratives]\nsimilarity = 100\n\n[[sections]]")}

    assert [code for code, _ in found(tmp_path / "a", change)] == ["narrative.copied"]
    assert found(tmp_path / "b", strict) == []


# Bullets


def test_a_bullet_is_an_entry_with_its_continuation_lines(tmp_path: Path) -> None:
    text = """## What is next?

Words without an end

- One bullet that goes on
  to the next line
- Another that ends {% if true %}
well{% endif %}.

  With a second paragraph
1. A number (which is fine.)
* “Quoted”
* *Stressed.*
- it is {{ period }}

```
- code
```
"""
    places = [place for code, place in found(tmp_path, {CARE: text}) if code == "narrative.no-end"]
    assert places == ["care.md line 5", "care.md line 7", "care.md line 12", "care.md line 14"]


def test_a_bullet_twice_is_found_at_the_second_with_the_first_named(tmp_path: Path) -> None:
    text = "## next\n\n- We  *listen* to\n  each child.\n- So.\n- so.\n### More\n* We *listen* to each\u00a0child.\n"

    assert found(tmp_path, {CARE: text}) == [("narrative.bullet-twice", "care.md line 8")]
    said = message(tmp_path, {CARE: text}, "narrative.bullet-twice")
    assert said == "the bullet 'We listen to each child.' is in care.md line 3 already"


def test_the_same_words_about_other_figures_are_another_bullet(tmp_path: Path) -> None:
    text = "## next\n- {{ indicator('rate').now }} were with us.\n- {{ indicator('far').now }} were with us.\n"
    assert found(tmp_path, {CARE: text}) == []


def test_a_list_typed_in_one_cell_is_several_bullets(tmp_path: Path) -> None:
    cell: Change = {"Narrative!C2": "- We see each child.\n- We see each child."}
    assert found(tmp_path, cell) == [("narrative.bullet-twice", "Narrative!C2")]


# What nobody meant to print


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("There were [insert figure] visits.", "[insert figure]"),
        ("There were XX visits.", "XX"),
        ("There were xxx visits.", "xxx"),
        ("There were ?? visits.", "??"),
        ("The date of the visit is to be confirmed.", "to be confirmed"),
        ("Date of the visit (to be advised).", "(to be advised)"),
        ("[to be added]", "[to be added]"),
        ("To be completed.", "To be completed"),
        ("All is well. To be added", "To be added"),
        ("Figures for June to follow.", ""),
        ("A full analysis to follow.", "A full analysis to follow"),
        ("The plan is good (details to follow).", "(details to follow)"),
        ("Click or tap here to enter text.", "Click or tap here to enter text"),
        ("Click here to enter text.", "Click here to enter text"),
        ("Plans are to be completed within 45 days.", ""),
        ("Two plans remain to be completed.", ""),
        ("A second home is to be added in May.", ""),
        ("A second home is to be added.", ""),
        ("The cause has yet to be confirmed.", ""),
        ("The board asked staff to follow the plan.", ""),
        ("We wrote a plan for all teams in the county to follow.", ""),
        ("Is this enough?", ""),
        ("Staff insert the date [as agreed].", ""),
    ],
)
def test_what_stands_for_a_text_to_come_is_found(tmp_path: Path, text: str, quoted: str) -> None:
    told = [f.message for f in example_month(tmp_path, {"Narrative!C2": text}) if f.code == "narrative.placeholder"]
    assert told == ([f"'What went well' still says '{quoted}'"] if quoted else [])


@pytest.mark.parametrize(
    ("text", "quoted", "tag"),
    [
        ('There were { indicator("moves").now }.', '{ indicator("moves").now }', '{{ indicator("moves").now }}'),
        ("[[ indicator(“moves”).now ]] moves.", '[[ indicator("moves").now ]]', '{{ indicator("moves").now }}'),
        ('So far: indicator("moves").now.', 'indicator("moves").now.', '{{ indicator("moves").now }}'),
        ("< indicator(4.02.01", "< indicator(4.02.01", "{{ indicator(4.02.01 }}"),
        ('The indicator(s) {{ indicator("moves").now }} and indicator (moves).', "", ""),
        ('{{ indicator("moves").now }', "", ""),
    ],
)
@pytest.mark.parametrize("in_word", [True, False])
def test_what_looks_like_a_tag_but_is_none_is_told(
    tmp_path: Path, text: str, quoted: str, tag: str, in_word: bool
) -> None:
    word: Change = {"Narrative!": None, CARE.replace(".md", ".docx"): Word(f"# What went well\n{text}")}
    findings = example_month(tmp_path, word if in_word else {"Narrative!C2": text})
    told = [(f.message, f.hint) for f in findings if f.code == "narrative.no-tag"]
    hint = f"Write {tag} instead, with two braces on each side."
    assert told == ([(f"'{quoted}' is not a tag and would be printed as it is", hint)] if quoted else [])


# Which sentences are accepted


ACCEPTED = "narrative/2023-07/accepted.csv"
WRONG: Change = {"Narrative!C2": "614 children were in care."}
ROWS = 'sentence,figure,name,reason\n614 children were in care.,"Children in care, Jul 23: 61.6 (604/98,050)",{},{}\n'


def accepting(folder: Path, text: str | bytes) -> list[tuple[str, str]]:
    """The codes and messages of what is found, but for the number."""
    findings = example_month(folder, {**WRONG, ACCEPTED: text})
    return [(f.code, f.message) for f in findings if f.code != "narrative.number-disagrees"]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_a_first_line_that_says_the_separator_is_obeyed(tmp_path: Path, first: str) -> None:
    row = "614 children were in care.;Children in care, Jul 23: 61.6 (604/98,050);Ann, Lee;counted, twice"
    assert accepting(tmp_path, f"{first}\nsentence;figure;name;reason\n{row}\n") == []
    assert len(load_workbook(tmp_path / "july-2023.xlsx").ignored) == 1

    write_example(tmp_path, {**WRONG, ACCEPTED: f"{first}\nsentence;figure;name;reason\n\n;;Ann;\n"})
    (told,) = (f for f in load_workbook(tmp_path / "july-2023.xlsx").findings if "accepted" in f.code)
    assert str(told.place) == "line 4"


def test_a_comma_without_quotes_is_said_to_need_them(tmp_path: Path) -> None:
    ((code, told),) = accepting(tmp_path, ROWS.replace('"', "").format("Ann Lee", "counted"))
    assert code == "narrative.accepted-incomplete"
    assert told == (
        "the row has more cells than the first line: a figure or sentence with a comma in it needs quotes around it, "
        "so it has no effect"
    )
    assert accepting(tmp_path, ROWS.format("Ann Lee", "counted,,")) == []


def test_acceptances_may_be_saved_by_excel(tmp_path: Path) -> None:
    rows = ROWS.format("Renée", "counted – twice")
    assert accepting(tmp_path, rows.encode("cp1252")) == []
    assert accepting(tmp_path, rows.replace(",", "\t").encode("utf-16")) != []
    assert accepting(tmp_path, "sentence\tfigure\tname\treason\n".encode("utf-16")) == []


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 and more", "a workbook, or another file of Office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a workbook, or another file of Office"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\x01\x00\x02", "not a text file"),
    ],
)
def test_acceptances_that_are_no_text_are_one_error(tmp_path: Path, content: bytes, kind: str) -> None:
    assert accepting(tmp_path, content) == [
        ("narrative.accepted-no-text", f"accepted.csv cannot be read: it is {kind}, despite its name")
    ]


# Abbreviations


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("The VSH met the VSHs.", ["VSH"]),
        ("The Virtual School Headteacher’s deputy met. **VSH**.", ["VSH"]),
        ("The VSH (Virtual School Headteacher) met; the VSH’s deputy too.", []),
        ("Each child has a PEP, IHAs and EHC-plans.", []),
        ("It must NOT be late, and it is not.", []),
        ("ALL OF IT IS IN CAPITALS.", []),
        ("See https://example.org/VSH or {{ about['VSH'] }}, in phase II.", []),
        ("The non-VSH ones and A&E.", ["VSH"]),
    ],
)
def test_an_abbreviation_is_spelled_out_or_in_the_glossary(tmp_path: Path, text: str, unknown: list[str]) -> None:
    findings = example_month(tmp_path, {"Narrative!C2": text, "About!A4": "VSH", "About!B4": "x"})
    messages = [f.message for f in findings if f.code == "narrative.unknown-abbreviation"]
    assert [words.split()[0] for words in messages] == unknown


def test_what_a_title_says_is_known(tmp_path: Path) -> None:
    change: Change = {"Narrative!C2": "VSH.", "indicators.toml": Replaced('"Moves"', '"Moves, as the VSH sees them"')}
    assert found(tmp_path, change) == []


@pytest.mark.parametrize(
    ("first", "second", "is_two"),
    [
        ("Special Care Team (SCT).", "Safe Care Training (SCT).", True),
        ("Special Care Team (SCT).", "The special care teams (SCTs).", False),
        ("Special Care Team (SCT).", "SCT (School Clothing Trust).", True),
        ("Our children in care (CIC).", "Child in Care (CIC).", False),
    ],
)
def test_an_abbreviation_has_one_meaning(tmp_path: Path, first: str, second: str, is_two: bool) -> None:
    change: Change = {CARE: f"## next\n- {first}\n- {second}\n"}
    assert (("narrative.two-meanings", "care.md line 3") in found(tmp_path, change)) is is_two


@pytest.mark.parametrize(
    ("abbreviation", "before", "meaning"),
    [
        ("PEP", "each needs a Personal Education Plan ", "Personal Education Plan"),
        ("EHCP", "Education, Health and Care Plan", "Education, Health and Care Plan"),
        ("PEP", "the percentage of people", ""),
        ("SEND", "", ""),
    ],
)
def test_the_last_words_before_an_abbreviation_spell_it_out(abbreviation: str, before: str, meaning: str) -> None:
    assert spelled_out(abbreviation, before) == meaning


def test_a_term_is_used_by_its_long_form_too_and_a_standing_glossary_needs_no_use(tmp_path: Path) -> None:
    printed = Replaced("# {{ section.title }}", "# {{ section.title }}\n\n{{ glossary_table() }}")
    change: Change = {
        "care.md": printed,
        "glossary.csv": "term,description\nPA,Personal Adviser: a worker\nSW,Social Worker\n",
    }
    used = {**change, "Narrative!C2": "Personal advisers and SWs came."}
    standing = {**change, "report.toml": Replaced('title = "Report"', 'title = "Report"\nstanding_glossary = true')}

    assert message(tmp_path / "a", change, "glossary.unused") == "the report does not use: PA, SW"
    assert found(tmp_path / "b", used) == []
    assert found(tmp_path / "c", standing) == []


def test_a_breakdown_of_an_earlier_period_is_not_printed_as_this_ones(tmp_path: Path) -> None:
    table = '{{ breakdown_table("placements") }}'
    old = {"Narrative!C2": table, "Breakdowns!E2": "Jun 23", "Breakdowns!E3": "Jun 23", "Breakdowns!D2": 62}
    (finding,) = example_month(tmp_path, old)

    assert finding.code == "template.failed"
    assert "has no counts for Jul 23; its newest are for Jun 23" in finding.message


def test_a_mean_that_cannot_be_given_names_the_figure_that_is_missing(tmp_path: Path) -> None:
    found = example_month(tmp_path, {"Data!E6": "[x]", "Narrative!C2": '{{ indicator("moves").mean(3).value }}'})

    assert [f.message for f in found if f.code == "template.failed"] == [
        "moves has no such figure over 3 periods: the figure for Jun 23 is missing (not available)"
        " (under 'What went well': “{{ indicator(\"moves\").mean(3).value }}”)"
    ]


def test_a_text_is_compared_with_that_of_the_earlier_workbook_too(tmp_path: Path) -> None:
    text = "Every child was seen by their social worker at home."
    change = {"Narrative!C2": text, EARLIER: {"Narrative!C2": text, "About!B2": "Jun 2023"}}
    found = [f for f in example_month(tmp_path, change) if f.code == "narrative.copied"]

    assert [str(finding.place) for finding in found] == ["Narrative!C2"]
    assert "june-2023.xlsx Narrative!C2" in found[0].message


def test_a_placeholder_is_no_abbreviation(tmp_path: Path) -> None:
    assert found(tmp_path, {"Narrative!C2": "The date of the visit is TBC."}) == [
        ("narrative.placeholder", "Narrative!C2")
    ]


def test_a_breakdown_shows_its_period_and_a_year_ago_of_all_that_is_kept(tmp_path: Path) -> None:
    kept = {
        f"Breakdowns!{column}{row}": value
        for row, period in enumerate(("Jul 22", "May 23", "Jun 23"), 4)
        for column, value in zip("ABDE", ("placements", "Foster care", 70 + row, period), strict=True)
    }
    write_example(tmp_path, {**kept, "Narrative!C2": '{{ breakdown_table("placements") }}'})
    tables = [
        block
        for section in load_workbook(tmp_path / "july-2023.xlsx").report.sections
        for block in section.blocks
        if isinstance(block, Table) and block.caption == "Placements"
    ]

    assert [[plain(line) for cell in table.headings for line in cell.lines] for table in tables] == [
        ["Category", "Jul 23 number", "Jul 23 per cent", "Jul 22 number", "Jul 22 per cent"]
    ]
