"""The judgement as it is read: in `figures`, and in the sentences of templates and narratives."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cpreport.compose.amounts import WordValue
from cpreport.compose.wording import judgement_text
from cpreport.model.document import plain
from cpreport.model.errors import InputError
from cpreport.model.folder import ReportFolder
from cpreport.model.period import month
from cpreport.model.status import StatusWord
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
FOLDER = ReportFolder("Report", (), {}, {})


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
    assert judgement_text(judgement, FOLDER) == text


OWN_WORDS = {word.value: f"Our {number}" for number, word in enumerate((*StatusWord, *Verdict))}
WORDS = "\n[words]\n" + "".join(f'{name.replace(" ", "-")} = "{own}"\n' for name, own in OWN_WORDS.items())
BETTER, UNCLEAR, FEW = (OWN_WORDS[word.value] for word in (Verdict.BETTER, Verdict.NO_CLEAR_CHANGE, Verdict.TOO_FEW))


@pytest.mark.parametrize(
    ("judgement", "text"),
    [
        (Judgement(Verdict.BETTER, JULY_22), f"{BETTER} since Jul 22"),
        (Judgement(Verdict.NO_CLEAR_CHANGE, JULY_22), f"{UNCLEAR} since Jul 22"),
        (Judgement(Verdict.TOO_FEW, JULY_22), FEW),
        (Judgement(Verdict.BETTER, None, True, SpecialCause.SHIFT), f"{BETTER}, not as usual"),
        (Judgement(Verdict.NO_CLEAR_CHANGE, None, True), f"{UNCLEAR}, as usual"),
        (Judgement(Verdict.TOO_FEW, None, True), FEW),
    ],
)
def test_a_word_of_the_reports_own_makes_sense_where_it_stands(judgement: Judgement, text: str) -> None:
    assert judgement_text(judgement, replace(FOLDER, words=OWN_WORDS)) == text


def test_every_word_may_be_another(tmp_path: Path) -> None:
    folder = month_of(tmp_path, keys=WORDS).folder

    assert folder.words == OWN_WORDS
    for word in (*StatusWord, *Verdict):
        own = WordValue("checks", word, folder)
        assert str(own) == folder.printed(word.value) == OWN_WORDS[word.value]
        assert (own == word.value, own == OWN_WORDS[word.value], own == "another") == (True, True, False)
    for verdict in Verdict:
        assert judgement_text(Judgement(verdict, JULY_22), folder).startswith(OWN_WORDS[verdict.value])


def test_figures_keep_the_canonical_words(tmp_path: Path) -> None:
    renamed, plainly = (month_of(tmp_path / name, keys=keys).rows() for name, keys in (("a", WORDS), ("b", "")))

    assert renamed == plainly


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ('indicator("checks").judgement', "Declining since Jul 22"),
        ('indicator("moves").judgement', "Declining, not as usual"),
        ('indicator("checks").judgement.value', "Declining"),
        ('indicator("checks").against("eng")', "Declining"),
        ('"late" if indicator("checks").judgement.value == "worse" else "in time"', "late"),
        ('"late" if indicator("checks").against("eng") == "Declining" else "in time"', "late"),
        ('"late" if indicator("calm").judgement.value != "worse" else "in time"', "late"),
    ],
)
def test_a_tag_prints_the_reports_own_word(tmp_path: Path, expression: str, text: str) -> None:
    words = '\n[words]\nworse = "Declining"\n'
    block = month_of(tmp_path, f"So: {{{{ {expression} }}}}.", words).report.sections[0].blocks[-1]
    assert plain(block.text) == f"So: {text}."  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "words", ['worse = "Similar"', 'worse = "Amber"\noff-target = "amber"', 'better = "On target"']
)
def test_a_word_stands_for_one_thing_only(tmp_path: Path, words: str) -> None:
    with pytest.raises(InputError, match="would stand for two of the words"):
        month_of(tmp_path, keys=f"\n[words]\n{words}\n")


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
