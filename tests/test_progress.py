"""Progress lists: which indicators are listed where, with which words and comments."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cpreport.analysis.figures import compute_figures
from cpreport.compose.comments import Comments
from cpreport.compose.printed import Blocks
from cpreport.compose.progress import progress_lists
from cpreport.model.document import Paragraph, Span, plain
from cpreport.model.figure import CellRef
from cpreport.model.folder import Condition, JudgementRules, ReportFolder, Slot
from cpreport.model.period_text import parse_period
from cpreport.model.status import SaidStatus, StatusWord
from cpreport.model.timeline import Figures

from .shown import shown
from .workbooks import unread

JULY = parse_period("Jul 23")
TOML = '[[indicators]]\nid = "it"\nreference = "KI 1"\ntitle = "It"\nmeasure = "percentage"\npolarity = "{}"\n{}\n'
WORSE = {"it numerator": {"Jul 22": 90, "Jul 23": 40}, "it denominator": {"Jul 22": 100, "Jul 23": 100}}
BETTER = {"it numerator": {"Jul 22": 40, "Jul 23": 90}, "it denominator": {"Jul 22": 100, "Jul 23": 100}}
COMMENT = (Paragraph((Span("We know why."),)),)


def month(
    keys: str = "",
    given: dict[str, dict[str, float | str]] | None = None,
    polarity: str = "high",
    said: StatusWord | None = None,
    owner: str = "",
) -> tuple[Figures, ReportFolder]:
    """A section that must have a comment on its indicator if that misses its target."""
    workbook, folder = unread(TOML.format(polarity, keys), given or {"it value": {"Jul 23": 60}})
    if said:
        statuses = {("it", JULY): SaidStatus(said, "It improved.", CellRef("Status", 2, 2))}
        workbook = replace(workbook, statuses=statuses)
    slot = Slot("it", "It", True, (Condition.MISSED_TARGET,), owner=owner, indicator="it", common_title="Comment")
    folder = replace(folder, sections=(folder.sections[0]._replace(comments=(slot,)),))
    return compute_figures(workbook, folder), folder


def comments_of(figures: Figures, folder: ReportFolder, comment: bool) -> Comments:
    comments = Comments(folder, figures)
    if comment:
        comments.written["care", "it"] = Blocks(COMMENT)
    comments.are_composed = True
    return comments


def listed(figures: Figures, folder: ReportFolder, comment: bool = False) -> dict[str, str]:
    """What stands below each heading, printed by another section than the comment's."""
    comments = comments_of(figures, folder, comment)
    lists = progress_lists(figures.timelines.values(), comments, "progress", folder, JULY)
    found = (each.partition("\n") for each in shown(lists.blocks).split("## ")[1:])
    return {heading: rest.strip() for heading, _, rest in found}


def heading_of(figures: Figures, folder: ReportFolder, comment: bool = True) -> str:
    """Under which heading an indicator is listed; empty where it is under none."""
    found = listed(figures, folder, comment)
    return next((heading for heading, entries in found.items() if entries != "None."), "")


PROGRESS, RISK, INFORMATION = "Positive progress", "Areas of risk", "For information"


@pytest.mark.parametrize(
    ("keys", "polarity", "said", "heading"),
    [
        ("target = 60", "high", None, PROGRESS),
        ("target = 62", "high", None, RISK),
        ("target = 90", "high", None, RISK),
        ("target = 50", "low", None, RISK),
        ("target = 90", "high", StatusWord.ON_TARGET, PROGRESS),
        ("target = 60", "high", StatusWord.OFF_TARGET, RISK),
        ("target = 60", "high", StatusWord.CLOSE, RISK),
        ("", "high", StatusWord.ON_TARGET, PROGRESS),
        ("", "high", StatusWord.OFF_TARGET, RISK),
        ("target = 60", "none", None, INFORMATION),
        ("targets = [{ by = 2024-01-31, value = 90 }]", "high", None, INFORMATION),
        ('target = "to be agreed"', "high", None, INFORMATION),
        ("", "high", None, INFORMATION),
    ],
)
def test_the_status_decides_and_an_officers_before_the_computed_one(
    keys: str, polarity: str, said: StatusWord | None, heading: str
) -> None:
    assert heading_of(*month(keys, polarity=polarity, said=said)) == heading


@pytest.mark.parametrize(
    ("given", "polarity", "heading"),
    [(BETTER, "high", PROGRESS), (WORSE, "high", RISK), (BETTER, "low", RISK), (WORSE, "none", INFORMATION)],
)
def test_without_a_target_the_judgement_decides(
    given: dict[str, dict[str, float | str]], polarity: str, heading: str
) -> None:
    figures, folder = month("", given, polarity)
    assert heading_of(figures, folder) == heading
    assert heading_of(figures, replace(folder, judgement=JudgementRules(on=False))) == INFORMATION


def test_with_a_target_a_judgement_does_not_decide() -> None:
    assert heading_of(*month("target = 40", WORSE)) == PROGRESS
    assert heading_of(*month("targets = [{ by = 2024-01-31, value = 90 }]", WORSE)) == INFORMATION


def test_what_has_no_figure_is_listed_for_its_comment_alone() -> None:
    hidden = month("target = 60", {"it value": {"Jul 23": "[c]"}}, said=StatusWord.ON_TARGET)

    assert listed(*hidden, comment=True)[INFORMATION] == "**KI 1 It:** confidential\n\nWe know why."
    assert heading_of(*hidden, comment=False) == ""


def test_what_is_no_longer_reported_is_not_listed() -> None:
    assert heading_of(*month("target = 60\nuntil = 2023-05-31", {"it value": {"May 23": 60}})) == ""


def test_the_comment_stands_below_its_figure_and_an_empty_list_says_so() -> None:
    assert listed(*month("target = 90"), comment=True) == {
        PROGRESS: "None.",
        RISK: "**KI 1 It:** 60.0%\n\nWe know why.",
        INFORMATION: "None.",
    }


@pytest.mark.parametrize(
    ("owner", "sentence"),
    [("Head of Service", "Comment awaited from Head of Service"), ("", "Comment awaited")],
)
def test_a_comment_that_is_owed_is_awaited(owner: str, sentence: str) -> None:
    assert listed(*month("target = 90", owner=owner))[RISK] == f"**KI 1 It:** 60.0%\n\n{sentence}"
    assert listed(*month("target = 60", owner=owner))[PROGRESS] == "**KI 1 It:** 60.0%"


@pytest.mark.parametrize("comment", [True, False])
def test_a_figure_stays_on_the_page_of_what_is_below_it(comment: bool) -> None:
    figures, folder = month("target = 60")
    lists = progress_lists(figures.timelines.values(), comments_of(figures, folder, comment), "progress", folder, JULY)
    kept = [plain(block.text) for block in lists.blocks if isinstance(block, Paragraph) and block.keeps_next]
    assert kept == (["KI 1 It: 60.0%"] if comment else [])


def test_an_officers_status_stands_with_its_reason_and_the_computed_word() -> None:
    text = "KI 1: on target, as set by an officer. It improved. Computed: off target."
    improved = month("target = 90", said=StatusWord.ON_TARGET)
    assert listed(*improved)[PROGRESS] == f"**KI 1 It:** 60.0%\n\n{text}"


def test_a_figure_of_an_earlier_period_says_so() -> None:
    late = month("target = 60\nlag = 1", {"it value": {"Jun 23": 60}})
    assert listed(*late)[PROGRESS] == "**KI 1 It:** 60.0% (Jun 23)"


def test_a_figure_of_another_kind_of_period_says_so() -> None:
    quarterly = month('target = 60\nfrequency = "quarter"', {"it value": {"Q1 23/24": 60}})
    assert listed(*quarterly)[PROGRESS] == "**KI 1 It:** 60.0% (Apr-Jun 23/24 Q1)"


@pytest.mark.parametrize("keys", ["", '\ncumulative_in = "table"'])
def test_a_cumulative_figure_is_the_years(keys: str) -> None:
    year = f'cumulative = "financial-year"\ntarget = 40\nprofile = [{", ".join(["40"] * 12)}]'
    months = ("Apr 23", "May 23", "Jun 23", "Jul 23")
    given: dict[str, dict[str, float | str]] = {
        "it numerator": dict(zip(months, (30, 40, 50, 60), strict=True)),
        "it denominator": dict.fromkeys(months, 100),
    }
    text = "**KI 1 It:** 45.0%*\n\n* cumulative, financial year to Jul 23"
    assert listed(*month(year + keys, given))[PROGRESS] == text

    figures, folder = month(year + keys, given)
    own = replace(folder, sentences={"cumulative": "* since the {year} began, to {period}"})
    assert listed(figures, own)[PROGRESS].endswith("* since the financial year began, to Jul 23")

    missing = month(year + keys, {"it numerator": {"Jul 23": "[x]"}, "it denominator": {"Jul 23": 100}})
    assert listed(*missing, comment=True)[INFORMATION] == "**KI 1 It:** no data\n\nWe know why."
