"""Comments on indicators: asked for by a figure, written in a form, a file or the sheet, held against the figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpreport.checks.order import grouped_by_cause
from cpreport.forms.starter.writing import make_folder
from cpreport.inputs.narratives.sources import read_narratives
from cpreport.model.document import REFERENCE, Heading, List, Note, Paragraph, plain
from cpreport.model.finding import Finding
from cpreport.model.period import month
from cpreport.pipeline import load_workbook

from .example_month import FILES, NAME, Added, Change, Word
from .examples import examples
from .test_narrative_new import JULY, box, controls, type_into, words
from .test_render_word import paragraphs
from .workbooks import example_month, write_example

Run = Callable[..., tuple[int, str, str]]

CARE = "narrative/2023-07/care.md"
PRINTED = "\n{% if section.comments %}\n## Comments\n\n{{ comments(section.indicators) }}\n{% endif %}\n"
EACH = '{ id = "comment", each = "indicator", required_when = ["off-target"] }'


def indicators(**keys: str) -> str:
    """indicators.toml: Moves is off its target, Health checks is on it; `keys` are more lines of some indicators."""
    text = FILES["indicators.toml"]
    given = {
        "moves": 'reference = "6.1"\npolarity = "low"\ntarget = 1000\nowner = "Ann Lee"',
        "checks": 'reference = "6.2"\npolarity = "high"\ntarget = 90',
        **keys,
    }
    for name, lines in given.items():
        text = text.replace(f'id = "{name}"\n', f'id = "{name}"\n{lines}\n', 1)
    return text


def report(slots: str = EACH, keys: str = 'owner = "Head of Care"') -> str:
    text = FILES["report.toml"].replace('title = "Care"', f'title = "Care"\n{keys}', 1)
    return text.replace("slots = [{", f"slots = [{slots}, {{", 1)


AGAIN = f"""
[[sections]]
id = "again"
title = "Again"
template = "care.md"
indicators = ["moves"]
slots = [{EACH}]
"""
"""A further section that asks for a comment on Moves."""

ASKED: Change = {"report.toml": report(), "indicators.toml": indicators(), "care.md": Added(PRINTED)}


def said(findings: Sequence[Finding], code: str = "") -> list[str]:
    """The messages of a code; of everything but notes on numbers where there is none."""
    return [
        f"{each.place}: {each.message}"
        for each in findings
        if (each.code == code if code else not each.rule.is_verbose)
    ]


def printed(folder: Path, change: Change, section: int = 0) -> list[str]:
    """What a section prints from its comments on: headings with their level, notes in brackets."""
    lines: list[str] = []
    for block in load_workbook(write_example(folder, change)).report.sections[section].blocks:
        match block:
            case Heading(level, text):
                lines.append(f"{'#' * level} {plain(text)}")
            case Note(text):
                lines.append(f"({plain(text)})")
            case Paragraph(text):
                lines.append(plain(text))
            case List(_, entries):
                lines += [f"- {plain(entry.text)}" for entry in entries]
    return lines[lines.index("## Comments") + 1 :]


# What report.toml may say


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"report.toml": report(f'{EACH}, {{ id = "more", each = "indicator", title = "More" }}')},
            "[[sections]] care: only one of its slots may have each",
        ),
        (
            {"report.toml": FILES["report.toml"] + f'[[sections]]\nid = "all"\ntitle = "All"\nslots = [{EACH}]\n'},
            "[[sections]] all: it has a slot for each indicator, but no indicators",
        ),
        (
            {"report.toml": report('{ id = "comment", each = "section" }')},
            "[[sections.slots]] comment: each = 'section': it must be 'indicator'",
        ),
        (
            {"report.toml": report(EACH.replace("required_when", "required = false, required_when"))},
            "[[sections.slots]] comment: required_when says when a text is required: remove required = false",
        ),
        *(
            (
                {"report.toml": report(f'{EACH}, {{ id = "{id}", title = "{title}" }}')},
                f"[[sections.slots]] of care: id = '{id}': '{name}' names this slot and an indicator of the section; "
                "change the slot's id or title",
            )
            for id, title, name in [
                ("moves", "Why", "Moves"),
                ("why", "moves", "Moves"),
                ("why", "6.1", "6.1"),
                ("6.1 moves", "Why", "6.1 Moves"),
                ("why", "6.1 \u2013 Moves:", "6.1 - Moves"),
            ]
        ),
        (
            {
                "indicators.toml": indicators(mean='reference = "6.1"', moves="").replace(
                    "Moves for each child", "6.1 moves"
                )
            },
            "",
        ),
        (
            {"indicators.toml": indicators(moves="", mean="").replace("Moves for each child", "Moves")},
            "[[indicators]] moves: id = 'moves': another indicator has its id, reference and title too, so no heading "
            "names this one's comment",
        ),
    ],
)
def test_what_no_heading_could_tell_apart_is_refused_at_once(tmp_path: Path, change: Change, message: str) -> None:
    found = example_month(tmp_path, {**ASKED, **change})
    wrong = [each.message for each in found if each.code.startswith("definition.")]

    assert wrong == ([message] if message else [])


def test_comments_are_no_slots_for_a_template_but_it_can_ask_for_them(tmp_path: Path) -> None:
    text = "{{ section.title }}: {{ section.slots | length }} and {{ section.comments | length }}"
    text += "{% for slot in section.comments %}, {{ slot.title }}{% endfor %}\n"
    month = load_workbook(write_example(tmp_path, {**ASKED, "care.md": text, "Narrative!": None}))
    (block,) = month.report.sections[0].blocks

    assert isinstance(block, Paragraph)
    titles = "Children in care, Placed far away, 6.2 Health checks, 6.1 Moves, Moves for each child, Convictions"
    assert plain(block.text) == f"Care: 2 and 6, {titles}"


# Where a comment may be written, and what names its indicator

NAMES = ["moves", "MOVES", "6.1", "Moves", "6.1 Moves", "6.1: moves", "6.1 \u2013 Moves", "6.1 Moves:"]


@pytest.mark.parametrize("name", NAMES)
def test_the_sheet_names_an_indicator_by_id_reference_or_title(tmp_path: Path, name: str) -> None:
    row: Change = {"Narrative!A3": "care", "Narrative!B3": name, "Narrative!C3": "Homes closed."}
    assert example_month(tmp_path, {**ASKED, **row}) == []
    assert printed(tmp_path, {**ASKED, **row}) == ["### 6.1 Moves", "- Homes closed."]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", ["# {}\nHomes closed.", "## What is next?\nMore.\n\n## {}\n\nHomes closed."])
def test_a_heading_names_an_indicator_too(tmp_path: Path, name: str, file: str) -> None:
    change = {**ASKED, CARE: file.format(name)}
    assert example_month(tmp_path, change) == []
    assert printed(tmp_path, change) == ["### 6.1 Moves", "Homes closed."]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sign", ["# ", ""])
def test_a_heading_or_a_line_of_its_own_in_word_names_an_indicator(tmp_path: Path, name: str, sign: str) -> None:
    change = {**ASKED, CARE.replace(".md", ".docx"): Word(f"# What is next?\nMore.\n{sign}{name}\nHomes closed.")}
    assert example_month(tmp_path, change) == []
    assert printed(tmp_path, change) == ["### 6.1 Moves", "Homes closed."]


@pytest.mark.parametrize(
    "change",
    [
        {CARE: "## Health checks\nWell."},
        {CARE.replace(".md", ".docx"): Word("# Health checks\nWell.")},
        {"Narrative!A3": "care", "Narrative!B3": "health checks", "Narrative!C3": "Well."},
    ],
)
def test_a_name_of_two_indicators_is_an_error_that_gives_both(tmp_path: Path, change: Change) -> None:
    two = indicators(far='reference = "6.3"').replace("Placed far away", "Health checks")
    (finding,) = example_month(tmp_path, {**ASKED, "indicators.toml": two, **change})

    assert finding.code == "narrative.several-named"
    assert finding.message.lower() == "'health checks' names more than one indicator"
    assert finding.hint == "Write the one that is meant: 6.3 Health checks, 6.2 Health checks."


def test_a_name_that_no_slot_has_suggests_the_indicator_that_is_like_it(tmp_path: Path) -> None:
    found = example_month(tmp_path, {**ASKED, CARE: "## 6.1 Movs\nHomes closed."})

    assert said(found) == ["line 1: '6.1 Movs' is not a slot of care; did you mean '6.1 Moves'?"]
    assert found[0].hint == (
        "Use one of the slots of care: What went well, What is next?, an indicator's reference or title."
    )


def test_the_beginning_of_one_title_suggests_it(tmp_path: Path) -> None:
    found = example_month(tmp_path, {**ASKED, CARE: "## Placed\nHomes closed."})
    assert "did you mean 'Placed far away'?" in found[0].message


def test_a_comment_in_two_places_is_an_error(tmp_path: Path) -> None:
    row: Change = {"Narrative!A3": "care", "Narrative!B3": "6.1", "Narrative!C3": "Homes closed."}
    found = example_month(tmp_path, {**ASKED, **row, CARE: "## Moves\nMore."})
    assert said(found) == ["line 2: care/moves has a text here and in july-2023.xlsx Narrative!C3"]


names = st.sampled_from(["Moves", "Stays", "6.1", "6.2", "a", "b", "6.1 Moves", "Moves: all", "What is next?"])


@examples(100)
@given(
    defined=st.lists(st.tuples(names, st.none() | names, names), min_size=1, max_size=4, unique_by=lambda one: one[0]),
    heading=names,
)
def test_whatever_indicators_are_called_a_text_is_the_comment_of_one_only(
    defined: list[tuple[str, str | None, str]], heading: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each way to read a heading is counted anew here: a slot's id or title, an indicator's id, reference or title."""
    listed = [id for id, _, _ in defined]
    entries = (
        f'[[indicators]]\nid = "{id}"\ntitle = "{title}"\nmeasure = "number"\n'
        + (f'reference = "{reference}"\n' if reference else "")
        for id, reference, title in defined
    )
    change: Change = {
        "indicators.toml": "".join(entries),
        "report.toml": f'title = "Report"\n[[sections]]\nid = "care"\ntitle = "Care"\ntemplate = "care.md"\n'
        f'indicators = {json.dumps(listed)}\nslots = [{{ id = "next", title = "What is next?" }}, '
        '{ id = "comment", each = "indicator" }]\n',
        CARE: f"## {heading}\nWell.\n",
    }
    folder = tmp_path_factory.mktemp("named")
    findings = example_month(folder, change)
    called = {id: _called(id, reference, title) for id, reference, title in defined}
    slots = {"next", "what is next"}
    is_clear = all(
        any(sum(name in others for others in called.values()) == 1 for name in own) for own in called.values()
    )
    refused = [each for each in findings if each.code == "definition.invalid"]
    assert bool(refused) == (not is_clear or any(own & slots for own in called.values()))
    if refused:
        return
    plan = load_workbook(folder / NAME).folder
    read, told = read_narratives((folder / CARE).parent, plan)
    meant = [id for id, own in called.items() if _plain(heading) in own] + ["next"] * (_plain(heading) in slots)
    assert [key[1] for key in read] == (meant if len(meant) == 1 else [])
    assert [each.code for each in told] == (
        [] if len(meant) == 1 else ["narrative.several-named" if meant else "narrative.unknown-slot"]
    )


def _plain(name: str) -> str:
    return name.lower().rstrip(":? ")


def _called(id: str, reference: str | None, title: str) -> set[str]:
    joined = [reference, f"{reference} {title}", f"{reference}: {title}", f"{reference} - {title}"] if reference else []
    return set(map(_plain, [id, title, *joined]))


# When a comment must be there


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ("", None),
        ("required = true", ""),
        ('required_when = ["off-target"]', ", because it is off target: 1,281, target 1,000"),
        ('required_when = ["close-to-target", "missed-target"]', ", because it missed its target: 1,281, target 1,000"),
        ('required_when = ["close-to-target", "worse", "special-cause"]', None),
    ],
)
def test_a_comment_is_required_by_its_own_indicator(tmp_path: Path, keys: str, reason: str | None) -> None:
    slot = f'{{ id = "comment", each = "indicator"{keys and ", "}{keys} }}'
    found = said(example_month(tmp_path, {**ASKED, "report.toml": report(slot)}), "narrative.slot-empty")
    of_moves = [f"care/moves: the narrative '6.1 Moves' is missing{reason}"] if reason is not None else []

    assert [each for each in found if each.startswith("care/moves")] == of_moves
    assert len(found) == (6 if reason == "" else len(of_moves))


def test_an_officers_status_asks_for_a_comment(tmp_path: Path) -> None:
    sheet: Change = {"Status!A1": "Indicator", "Status!B1": "Status", "Status!C1": "Reason"}
    row: Change = {"Status!A2": "checks", "Status!B2": "off target", "Status!C2": "Two schools are late."}
    found = example_month(tmp_path, {**ASKED, **sheet, **row, CARE: "## 6.1\nHomes closed."})
    assert said(found) == [
        "care/checks: the narrative '6.2 Health checks' is missing, because it is off target, as the sheet Status says"
    ]


def test_an_indicator_that_ended_needs_no_comment(tmp_path: Path) -> None:
    ended = indicators(moves='polarity = "low"\ntarget = 1000\nuntil = 2023-05-31')
    slot = '{ id = "comment", each = "indicator", required = true }'
    change: Change = {**ASKED, "report.toml": report(slot), "indicators.toml": ended, "Data!E6": None, "Data!F6": None}
    owed = said(example_month(tmp_path, change), "narrative.slot-empty")
    assert len(owed) == 5 and not any("moves" in each for each in owed)


def test_one_comment_will_do_for_all_sections_that_ask_for_it(tmp_path: Path) -> None:
    both: Change = {**ASKED, "report.toml": report() + AGAIN}
    missing = "the narrative '6.1 Moves' is missing, because it is off target: 1,281, target 1,000"

    assert said(example_month(tmp_path, both)) == [f"care/moves: {missing}"]
    for section in ("care", "again"):
        text = {f"narrative/2023-07/{section}.md": "## 6.1\nHomes closed."}
        folder = tmp_path / section
        assert example_month(folder, {**both, **text}) == []
        assert printed(folder, {**both, **text}) == ["### 6.1 Moves", "Homes closed."]
        assert printed(folder, {**both, **text}, section=2) == ["### 6.1 Moves", "Homes closed."]


def test_each_section_prints_its_own_comment_first(tmp_path: Path) -> None:
    texts = {f"narrative/2023-07/{name}.md": f"## 6.1\nHomes closed, says {name}." for name in ("care", "again")}
    both: Change = {**ASKED, "report.toml": report() + AGAIN, **texts}

    assert example_month(tmp_path, both) == []
    assert [printed(tmp_path, both, section)[1] for section in (0, 2)] == [
        "Homes closed, says care.",
        "Homes closed, says again.",
    ]


def test_a_text_without_indicators_of_its_own_is_asked_for_by_the_whole_report(tmp_path: Path) -> None:
    plan = '[[sections]]\nid = "all"\ntitle = "All"\ntemplate = "care.md"\n'
    slot = 'slots = [{ id = "why", title = "Why", required_when = ["off-target"] }]\n'
    change: Change = {**ASKED, "report.toml": FILES["report.toml"] + plan + slot}
    change = {**change, "care.md": FILES["care.md"].replace("{{ indicator_table(section.indicators) }}", "")}

    assert said(example_month(tmp_path, change)) == [
        "all/why: the narrative 'Why' is missing, because 6.1 is off target: 1,281, target 1,000"
    ]
    met = indicators(moves='polarity = "low"\ntarget = 2000')
    assert example_month(tmp_path, {**change, "indicators.toml": met}) == []


@pytest.mark.parametrize(
    ("keys", "text", "code"),
    [
        ("min_words = 4", "Homes closed.", "narrative.too-short"),
        ("max_words = 1", "Homes closed.", "narrative.too-long"),
        ("max_words = 9", "TBC", "narrative.placeholder"),
    ],
)
def test_a_comment_is_held_to_what_its_slot_says(tmp_path: Path, keys: str, text: str, code: str) -> None:
    change = {**ASKED, "report.toml": report(EACH.replace(" }", f", {keys} }}")), CARE: f"## 6.1\n{text}\n"}
    (finding,) = example_month(tmp_path, change)
    assert (finding.code, finding.place.slot) == (code, "moves")
    assert "'6.1 Moves'" in finding.message


def test_a_comment_of_last_month_is_copied(tmp_path: Path) -> None:
    text = "## 6.1\nHomes closed in the spring and their children had to move.\n"
    change = {**ASKED, CARE: text, CARE.replace("07", "06"): text}
    assert [each.code for each in example_month(tmp_path, change)] == ["narrative.copied"]


# What its sentences say


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("It was 1,281.", ""),
        ("It was 1,381.", "narrative.number-disagrees"),
        ("This fell from June.", "narrative.direction-disagrees"),
        ("This rose from June.", ""),
        ("Performance is off target: 1,281 against 1,000.", ""),
        ("We met the target.", "narrative.target-disagrees"),
        ("Only 40% of managers are permanent.", ""),
        ("Costs fell by 12%.", ""),
        ("The number of children in care was 999.", ""),
    ],
)
def test_a_sentence_of_a_comment_is_about_its_indicator(tmp_path: Path, sentence: str, code: str) -> None:
    found = example_month(tmp_path, {**ASKED, CARE: f"## 6.1\n\n{sentence}\n"})
    assert [each.code for each in found if not each.rule.is_verbose] == [code] * bool(code)
    assert all(each.place.indicator == "moves" for each in found if each.code == code)


def test_the_same_sentence_in_another_slot_is_about_nothing(tmp_path: Path) -> None:
    texts = {CARE: "## 6.1\n\nHomes closed.\n\n## What is next?\n\nIt was 1,381.\n"}
    assert said(example_month(tmp_path, {**ASKED, **texts})) == []


def test_a_comment_that_is_missing_is_the_cause_of_an_indicator_not_being_mentioned(tmp_path: Path) -> None:
    keys = EACH.replace("off-target", "worse")
    text: Change = {CARE: "## 6.2\n\nWell.\n"}
    worse: Change = {**ASKED, "report.toml": report(keys), "Data!H1": "Jul 22", "Data!H6": 1000, **text}
    found = [each for each in example_month(tmp_path, worse) if each.code.startswith("narrative.")]

    assert [each.code for each in found] == ["narrative.slot-empty", "narrative.worse-unmentioned"]
    (root,) = grouped_by_cause(found)
    assert root.code == "narrative.slot-empty"
    assert root.message == (
        "the narrative '6.1 Moves' is missing, because it got worse: 1,000 (Jul 22) to 1,281 (Jul 23)"
    )


def test_a_reference_of_two_words_is_no_figure_and_names_its_indicator(tmp_path: Path) -> None:
    keys = indicators(moves='reference = "KI 1290"\npolarity = "low"\ntarget = 1000', mean='reference = "KI 1290a"')
    text = "## Moves\n\nIt was 1,281, as KI 1290 says.\n\nKI 1290a was 999.\n\nKI 1290 was 1,999.\n"
    found = example_month(tmp_path, {**ASKED, "indicators.toml": keys, CARE: text})
    numbers = [(each.code, each.place.line) for each in found if "number" in each.code]
    assert numbers == [("narrative.number-disagrees", 7), ("narrative.number-unchecked", 5)]


def test_a_comment_in_another_section_mentions_its_indicator_where_it_is_printed_too(tmp_path: Path) -> None:
    worse: Change = {**ASKED, "report.toml": report() + AGAIN, "Data!H1": "Jul 22", "Data!H6": 1000}
    texts = {CARE: "## What is next?\n\nWell.\n", "narrative/2023-07/again.md": "## 6.1\n\nHomes closed.\n"}
    assert said(example_month(tmp_path, {**worse, **texts}), "narrative.worse-unmentioned") == []


def test_a_comment_mentions_its_indicator(tmp_path: Path) -> None:
    worse: Change = {**ASKED, "Data!H1": "Jul 22", "Data!H6": 1000, CARE: "## 6.1\n\nHomes closed.\n"}
    assert said(example_month(tmp_path, worse), "narrative.worse-unmentioned") == []
    elsewhere = {**worse, "report.toml": report(EACH.replace("off-target", "special-cause")), CARE: "## 6.2\n\nWell.\n"}
    assert len(said(example_month(tmp_path, elsewhere), "narrative.worse-unmentioned")) == 1


# Who owes it


@pytest.fixture
def narrative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Run) -> Run:
    """`cpreport narrative` in the example month after a change."""
    monkeypatch.chdir(tmp_path)

    def run(change: Change, *arguments: str) -> tuple[int, str, str]:
        write_example(tmp_path, {**ASKED, **change})
        return call("narrative", *arguments)

    return run


@pytest.mark.parametrize(
    ("change", "owner"),
    [
        ({}, "Ann Lee"),
        ({"indicators.toml": indicators(moves='polarity = "low"\ntarget = 1000\nreference = "6.1"')}, "Head of Care"),
        ({"report.toml": report(EACH.replace(" }", ', owner = "Bob Ray" }'))}, "Bob Ray"),
    ],
)
def test_a_comment_is_owed_by_the_slots_owner_the_indicators_or_the_sections(
    narrative: Run, change: Change, owner: str
) -> None:
    _, out, _ = narrative({**change, "Narrative!": None}, "chase", NAME, "--json")
    (record,) = json.loads(out)
    assert record == {
        "owner": owner,
        "section": "care",
        "title": "Care",
        "slot": "moves",
        "slot_title": "6.1 Moves",
        "reason": "the narrative '6.1 Moves' is missing, because it is off target: 1,281, target 1,000",
        "file": "narrative/2023-07/care.docx",
    }


def test_a_text_that_cannot_be_read_is_owed_once_where_only_comments_are_wanted(narrative: Run) -> None:
    only = report().replace('{ id = "good", title = "What went well" }, { id = "next", title = "What is next?" }', "")
    change: Change = {"report.toml": only, "Narrative!": None, CARE.replace(".md", ".docx"): "not a Word file"}
    _, out, _ = narrative(change, "chase", NAME, "--json")
    assert [(each["slot"], each["slot_title"]) for each in json.loads(out)] == [("", "Comment")]


# Where it is written


def test_a_form_has_a_box_for_each_comment_that_is_owed_only(narrative: Run) -> None:
    narrative({}, "new", NAME)

    assert controls(JULY)[1:] == [("What went well", "good"), ("What is next?", "next"), ("6.1 Moves", "moves")]
    assert ("Heading 2", "6.1 Moves") in paragraphs(docx.Document(str(JULY)))
    assert words(box(JULY, "moves")) == (
        "Click here and write. One bullet for each point. Why? What are we doing? By when? This text is required. "
        "To be written by Ann Lee."
    )


def test_what_is_typed_into_the_box_is_the_comment_and_stays(narrative: Run, call: Run, tmp_path: Path) -> None:
    narrative({}, "new", NAME)
    untouched = load_workbook(tmp_path / NAME).findings
    assert [each.code for each in untouched] == ["narrative.slot-empty"]

    type_into(JULY, "moves", "Homes closed.")
    month = load_workbook(tmp_path / NAME)
    assert month.findings == ()
    assert set(month.workbook.narratives) == {("care", "good"), ("care", "moves")}
    assert printed(tmp_path, ASKED) == ["### 6.1 Moves", "- Homes closed."]
    before = JULY.read_bytes()
    status, _, err = call("narrative", "new", NAME)
    assert (status, JULY.read_bytes() == before) == (0, True)
    assert f"{JULY} is there and is kept as it is" in err
    assert call("narrative", "chase", NAME)[1].endswith("no texts are outstanding.\n")


def test_a_form_is_headed_by_what_leads_back_to_the_comment(narrative: Run, tmp_path: Path) -> None:
    off = 'reference = "6.2"\npolarity = "high"\ntarget = 99\ntolerance = 0'
    twins = indicators(moves="", checks=off, mean='reference = "6.2"').replace("Moves for each child", "Health checks")
    narrative({"indicators.toml": twins}, "new", NAME)
    type_into(JULY, "checks", "Homes closed.")

    assert ("Heading 2", "checks") in paragraphs(docx.Document(str(JULY)))
    assert printed(tmp_path, {**ASKED, "indicators.toml": twins}) == ["### 6.2 Health checks", "- Homes closed."]


@pytest.mark.parametrize(
    ("target", "period", "line"),
    [
        (2000, "2023-07", "No indicator needs a comment."),
        (1000, "2023-08", "Which comments are needed is not known until there are figures."),
    ],
)
def test_a_form_without_boxes_for_comments_says_why(
    narrative: Run, tmp_path: Path, target: int, period: str, line: str
) -> None:
    change = {"indicators.toml": indicators(moves=f'polarity = "low"\ntarget = {target}')}
    narrative(change, "new", NAME, "--period", period)
    (form,) = (tmp_path / "narrative").rglob("care.docx")

    assert [tag for _, tag in controls(form)] == [REFERENCE, "good", "next"]
    assert line in words(box(form, REFERENCE))


def test_a_starter_folder_of_a_report_with_comments_builds_at_once(tmp_path: Path) -> None:
    source = tmp_path / "source"
    write_example(
        source, {**ASKED, "report.toml": report(EACH.replace("required_when", "required = true, required_when"))}
    )
    path = make_folder(tmp_path / "new", source, "Kirklees", month(2023, 7)).workbook
    assert [each for each in load_workbook(path).findings if each.is_error] == []


# How it is printed


def test_a_comment_keeps_its_own_headings_below_its_name(tmp_path: Path) -> None:
    change = {**ASKED, CARE: "## 6.1\n\nHomes closed.\n\n### In May\n\n- Two.\n\n## 6.2\n\nAll well.\n"}
    assert printed(tmp_path, change) == [
        *("### 6.2 Health checks", "All well.", "### 6.1 Moves", "Homes closed.", "#### In May", "- Two."),
    ]


def test_a_draft_says_which_comment_is_awaited(tmp_path: Path) -> None:
    assert printed(tmp_path, ASKED) == ["### 6.1 Moves", "(Comment awaited from Ann Lee)"]
    titled = report(EACH.replace(" }", ', title = "Explanation" }'), keys="")
    unnamed = indicators(moves='reference = "6.1"\npolarity = "low"\ntarget = 1000')
    change = {**ASKED, "report.toml": titled, "indicators.toml": unnamed}
    assert printed(tmp_path, change) == ["### 6.1 Moves", "(Explanation awaited)"]


def test_nothing_to_say_is_said(tmp_path: Path) -> None:
    met = indicators(moves='reference = "6.1"\npolarity = "low"\ntarget = 2000')
    assert printed(tmp_path, {**ASKED, "indicators.toml": met}) == ["(No comment was given for this period.)"]
    own = report(keys='owner = "Head of Care"') + '\n[sentences]\nno_comments = "None asked for."\n'
    assert printed(tmp_path, {**ASKED, "indicators.toml": met, "report.toml": own}) == ["(None asked for.)"]
    everywhere: Change = {**ASKED, "care.md": Added("\n## Comments\n\n{{ comments(section.indicators) }}\n")}
    assert printed(tmp_path, everywhere, section=1) == []


def test_a_comment_that_no_template_prints_is_an_error(tmp_path: Path) -> None:
    change: Change = {**ASKED, "care.md": FILES["care.md"], CARE: "## 6.1\n\nHomes closed.\n"}
    (finding,) = example_month(tmp_path, change)
    assert finding.code == "narrative.not-printed"
    assert finding.message == "care: no template prints the narrative of 6.1 Moves"
    assert finding.hint == "Place it in care.md with comments(section.indicators), or remove the text."
    one = {**change, "care.md": Added('\n{{ comments("moves") }}\n')}
    assert example_month(tmp_path, one) == []


@pytest.mark.parametrize(
    ("call", "problem"),
    [
        ('{{ comments("move") }}', "did you mean 'moves'?"),
        ("{{ comments([]) }}", "comments(…) needs a list of indicators, such as section.indicators"),
        ('{{ narrative("moves") }}', "'moves' is not a slot of care"),
    ],
)
def test_a_call_that_means_no_comment_is_an_error(tmp_path: Path, call: str, problem: str) -> None:
    found = example_month(
        tmp_path, {**ASKED, CARE: "## 6.1\n\nHomes closed.\n", "care.md": Added(PRINTED + call + "\n")}
    )
    assert {each.code for each in found} <= {"template.failed"} and problem in found[0].message


def test_a_narrative_prints_no_comments(tmp_path: Path) -> None:
    found = example_month(tmp_path, {**ASKED, CARE: '## 6.1\n\n{{ comments("moves") }}\n'})
    assert [each.code for each in found] == ["template.failed"]
