"""The judgement as it is read: in `figures`, and in the sentences of templates and narratives."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport.compose.wording import judgement_text
from cpreport.model.document import plain
from cpreport.model.period import month
from cpreport.model.timeline import Judgement, SpecialCause, Verdict
from cpreport.pipeline import Month, load_workbook

from .test_figures import toml
from .workbooks import REPORT, write_report, write_workbook

JULY_22 = month(2022, 7)
MONTHS = [JULY_22.shift(at) for at in range(13)]
HEAD = ["Indicator", "Figure", *(each.label for each in MONTHS)]
DATA = [
    HEAD,
    ["checks", "numerator", 90, *[None] * 11, 70],
    ["checks", "denominator", 100, *[None] * 11, 100],
    ["moves", "value", *[20, 22] * 6, 40],
    ["calm", "value", *[20, 22] * 6, 21],
    ["few", "value", 9, *[None] * 11, 30],
    ["typed", "value", 80, *[None] * 11, 70],
    ["hidden", "value", 80, *[None] * 11, "[c]"],
]
INDICATORS = toml(
    'checks percentage polarity = "high"',
    'moves number kind = "flow",polarity = "low"',
    'calm number kind = "flow"',
    "few number",
    "typed percentage",
    "hidden number",
)
LISTED = ["checks", "moves", "calm", "few", "typed", "hidden"]
COMPARATORS = """
[[comparators]]
id = "eng"
heading = "Eng."
name = "England"
"""
BENCHMARKS = [
    ["Indicator", "Benchmark", "Value", "Period"],
    ["checks", "eng", 85, "2021/22"],
    ["moves", "eng", 15, "2018/19"],
]
OFF = "\n[judgement]\non = false\n"


def month_of(folder: Path, text: str = "", keys: str = "") -> Month:
    """A month whose one section says a text."""
    report = REPORT.format(listed=LISTED) + COMPARATORS + keys
    root = write_report(folder, INDICATORS, report=report, care=text)
    return load_workbook(write_workbook(root / "july-2023.xlsx", {"Data": DATA, "Benchmarks": BENCHMARKS}))


@pytest.mark.parametrize(
    ("judgement", "text"),
    [
        (Judgement(Verdict.BETTER, JULY_22), "better than Jul 22"),
        (Judgement(Verdict.LOWER, JULY_22), "lower than Jul 22"),
        (Judgement(Verdict.NO_CLEAR_CHANGE, JULY_22), "no clear change since Jul 22"),
        (Judgement(Verdict.TOO_FEW, JULY_22), "too few to say"),
        (Judgement(Verdict.WORSE, None, True, SpecialCause.SHIFT), "worse than usual"),
        (Judgement(Verdict.NO_CLEAR_CHANGE, None, True), "as usual"),
        (Judgement(Verdict.TOO_FEW, None, True), "too few to say"),
        (Judgement(Verdict.CANNOT_TELL), "cannot tell"),
    ],
)
def test_a_judgement_says_what_it_was_compared_with(judgement: Judgement, text: str) -> None:
    assert judgement_text(judgement) == text


@pytest.mark.parametrize("keys", ["", OFF])
def test_figures_give_the_judgement_of_the_newest_figure_only(tmp_path: Path, keys: str) -> None:
    rows = [row.record() for row in month_of(tmp_path, keys=keys).rows()]
    newest = {row["indicator"]: row["judgement"] for row in rows if row["period"] == "Jul 23"}

    assert newest == {
        "checks": "worse",
        "moves": "worse",
        "calm": "no clear change",
        "few": "too few to say",
        "typed": "cannot tell",
        "hidden": "cannot tell",
    }
    assert {row["judgement"] for row in rows if row["period"] != "Jul 23"} == {""}


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('indicator("checks").judgement', "worse than Jul 22"),
        ('indicator("checks").judgement.value', "worse"),
        ('"late" if indicator("checks").judgement.value == "worse" else "in time"', "late"),
        ('indicator("moves").judgement', "worse than usual"),
        ('indicator("calm").judgement', "as usual"),
        ('indicator("hidden").judgement', "cannot tell"),
        ('indicator("checks").against("eng")', "worse"),
        ('indicator("moves").against("eng")', "not compared"),
        ('indicator("calm").against("eng")', "not compared"),
    ],
)
def test_a_tag_prints_the_judgement(tmp_path: Path, expression: str, text: str) -> None:
    block = month_of(tmp_path, f"So: {{{{ {expression} }}}}.").report.sections[0].blocks[-1]
    assert plain(block.text) == f"So: {text}."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("expression", "keys", "problem"),
    [
        ('indicator("checks").against("England")', "", "'England' is not a comparator"),
        ('indicator("checks").against("eng")', OFF, "judgements are switched off"),
        ('indicator("checks").judgement', OFF, "judgements are switched off"),
    ],
)
def test_a_tag_that_cannot_print_one_says_why(tmp_path: Path, expression: str, keys: str, problem: str) -> None:
    findings = month_of(tmp_path, f"So: {{{{ {expression} }}}}.", keys).findings
    assert any(problem in finding.message for finding in findings if finding.is_error)
