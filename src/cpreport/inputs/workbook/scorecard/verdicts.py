"""The statuses and directions of travel that somebody has typed beside a scorecard's figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from cpreport.inputs.workbook.meaning import is_figure
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.values import Label, Line
from cpreport.inputs.workbook.scorecard.words import ARROWS_DOWN, ARROWS_UP
from cpreport.model.figure import cell_place
from cpreport.model.finding import Finding, listed
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import category_key
from cpreport.model.period import Period
from cpreport.model.rules import scorecard as rules
from cpreport.model.rules.workbook import ABOUT_INVALID
from cpreport.model.status import StatusWord
from cpreport.model.verdict import Course, TypedVerdict
from cpreport.model.workbook import About

Statuses = frozenset[StatusWord]

_ON, _CLOSE, _OFF = StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET
_STATUSES: Mapping[Statuses, str] = {
    frozenset({_ON}): "green; g; on target; on track; met; target met; achieved; exceeded; ✓; ✔; 🟢",
    frozenset(
        {_CLOSE}
    ): "amber; a; yellow; y; close to target; close; within tolerance; slightly off target; ~; 🟡; 🟠",
    frozenset({_OFF}): "red; r; off target; off track; ✗; ✘; 🔴",
    frozenset({_CLOSE, _OFF}): "not met; target not met; missed; target missed; not achieved",
}
"""What people type for a status; some words are said of more than one."""

_COURSES = {
    Course.UP: "; ".join((*ARROWS_UP, "up")),
    Course.DOWN: "; ".join((*ARROWS_DOWN, "down")),
    Course.SAME: "→; ➡; ↔; ⬌; ►; ▶; ◄►; ⇒; ⇔; ⇨; =; same; the same; no change; unchanged; stable; static; steady",
    Course.HIGHER: "higher; increase; increased; increasing; rise; rising; risen; rose",
    Course.LOWER: "lower; decrease; decreased; decreasing; fall; falling; fallen; fell",
    Course.BETTER: "better; improve; improved; improving; improvement; positive",
    Course.WORSE: "worse; worsened; worsening; decline; declined; declining; deteriorated; deteriorating; negative",
}
"""What people type for a direction of travel. `up` says as little of what is meant as an arrow does."""

_NOTHING = {"", "-", "n/a", "na", "none", "tbc", "grey", "not rated", "no rating", "no target", "not due", "no data"}
_ARROWS: Mapping[str, Mapping[Course, Course]] = {
    "": {},
    "more": {Course.UP: Course.HIGHER, Course.DOWN: Course.LOWER},
    "better": {Course.UP: Course.BETTER, Course.DOWN: Course.WORSE},
}
"""What arrows say, by what About says that they do."""


def typed_verdicts(
    scorecards: Sequence[NamedScorecard], folder: ReportFolder, about: About
) -> tuple[list[TypedVerdict], list[Finding]]:
    """The typed statuses and directions of each indicator's newest figure; those that cannot be read are counted."""
    statuses = {text: words for words, texts in _STATUSES.items() for text in _keys(texts)}
    statuses |= {_key(folder.printed(word.value)): frozenset({word}) for word in (_ON, _CLOSE, _OFF)}
    arrows = _ARROWS.get(_arrows(about), {})
    courses = {text: arrows.get(course, course) for course, texts in _COURSES.items() for text in _keys(texts)}
    verdicts: list[TypedVerdict] = []
    findings = [*_not_an_answer(scorecards, about)]
    for scorecard in scorecards:
        unknown: list[TypedVerdict] = []
        for label, verdict in _typed(scorecard, folder):
            whole, words = _key(verdict.text), _words(verdict.text)
            of_status = label is Label.STATUS and (statuses.get(whole) or statuses.get(words))
            course = label is Label.DIRECTION and (courses.get(whole) or courses.get(words))
            known = verdicts if of_status or course else unknown
            known.append(verdict._replace(statuses=of_status or frozenset(), course=course or None))
        if unknown:
            cells = "1 typed word or sign is" if len(unknown) == 1 else f"{len(unknown):,} typed words or signs are"
            texts = dict.fromkeys(repr(each.text) for each in unknown if not re.search(r"\d", each.text))
            reason = f"cpreport does not know {listed(texts) or 'what is typed'}"  # a number may be a hidden figure
            place = scorecard.place(unknown[0].cell, unknown[0].indicator)
            findings.append(rules.NOT_COMPARED.at(place, count=cells, reason=reason))
    return verdicts, findings


def _typed(scorecard: NamedScorecard, folder: ReportFolder) -> Iterator[tuple[Label, TypedVerdict]]:
    """The cells for a status or direction that say anything of an indicator, each with the period that it is of.

    That is the one of its heading where that is a period of the indicator's figures, else the newest one of these.
    """
    for name, line in scorecard.lines:
        there = _periods(scorecard, folder, name, line)
        for each in line.labels if there else ():
            if each.label in (Label.STATUS, Label.DIRECTION) and _key(each.text) not in _NOTHING:
                said = each.dated(folder.terms)
                yield each.label, TypedVerdict(name, said if said in there else max(there), each.text, each.cell)


def _periods(scorecard: NamedScorecard, folder: ReportFolder, name: str, line: Line) -> set[Period]:
    """The periods of an indicator's own kind for which its line has a figure; none of a series."""
    if name not in folder.indicators:
        return set()
    frequency = folder.indicators[name].frequency
    given = (each for each in line.figures if each.part and is_figure(*scorecard.read(each.cell)))
    return {each.period for each in given if each.period.kind.frequency is frequency}


def _arrows(about: About) -> str:
    return about.text("arrows").strip().lower()


def _not_an_answer(scorecards: Sequence[NamedScorecard], about: About) -> Iterator[Finding]:
    """A finding if About's Arrows says something that is no answer."""
    cell = about.cell("arrows")
    if scorecards and cell and _arrows(about) not in _ARROWS:
        texts = {"key": "Arrows", "value": about.text("arrows"), "wanted": "more or better", "example": "better"}
        yield ABOUT_INVALID.at(cell_place(scorecards[0].sheet.table.book.file, cell), **texts)


def _keys(texts: str) -> Iterator[str]:
    return map(_key, texts.split("; "))


def _words(text: str) -> str:
    """The words of a text without the signs beside them: `improving` of `↑ Improving`."""
    return " ".join(re.findall(r"[^\W_]+", _key(text)))


def _key(text: str) -> str:
    """A text as it is compared; what makes a sign a picture does not count."""
    return category_key(text.replace("\ufe0e", "").replace("\ufe0f", ""))
