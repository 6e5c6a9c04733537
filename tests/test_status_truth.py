"""Statuses against a second implementation: every polarity, measure, tolerance and kind of target.

It is written from what docs/report-folder.md says alone; nothing of cpreport computes what is expected here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pytest

from cpreport.analysis.disclosure import publish
from cpreport.analysis.figures import compute_figures
from cpreport.model.figure import CellRef
from cpreport.model.period_text import parse_period
from cpreport.model.status import SaidStatus, StatusWord, TargetStatus

from .workbooks import unread

JULY, JULY_ENDS = parse_period("Jul 23"), "2023-07-31"
MEASURES = ("percentage", "number", "rate", "average")
POLARITIES = ("high", "low", "none")
TOLERANCES = ("", "0", "3 points", "7%")
MISSING = ("[c]", "[x]", "")
Number = float | str


class Goal(NamedTuple):
    """A target: whether it holds `from` a day, `by` a day, or always, and its value (None: to be agreed)."""

    kind: str
    day: str
    value: int | None


GOALS: Mapping[str, Sequence[Goal]] = {
    "none": (),
    "agreed": (Goal("", "", None),),
    "plain": (Goal("", "", 60),),
    "stepped": (Goal("from", "2022-10-01", 40), Goal("from", JULY_ENDS, 60)),
    "tomorrow": (Goal("from", "2023-08-01", 60),),
    "agreed since": (Goal("from", "2022-10-01", 40), Goal("from", "2023-07-01", None)),
    "due": (Goal("by", "2023-06-30", 40), Goal("by", JULY_ENDS, 60), Goal("by", "2024-04-30", 80)),
    "ahead": (Goal("by", "2024-04-30", 60), Goal("by", "2025-04-30", 70)),
    "agreed ahead": (Goal("by", "2024-04-30", None), Goal("by", "2025-04-30", 70)),
}
EDGES = (54.9, 55, 55.7, 55.8, 56.9, 57, 59.9, 60, 60.1, 63, 63.1, 64.2, 64.3, 65, 65.1, 66, 66.1, 53.9, 54)
"""On both sides of each tolerance of a target of 60."""


@dataclass(frozen=True)
class Case:
    """One indicator of a month, and what an officer says of its figure."""

    measure: str
    polarity: str
    goal: str
    number: Number
    tolerance: str = ""
    said: bool = False

    def toml(self, name: str) -> str:
        keys = (
            f'[[indicators]]\nid = "{name}"\ntitle = "It"\nmeasure = "{self.measure}"\npolarity = "{self.polarity}"\n'
        )
        goals = GOALS[self.goal]
        values = [f"{goal.value}" if goal.value is not None else '"to be agreed"' for goal in goals]
        if goals and not goals[0].kind:
            keys += f"target = {values[0]}\n"
        elif goals:
            pairs = zip(goals, values, strict=True)
            keys += f"targets = [{', '.join(f'{{ {g.kind} = {g.day}, value = {value} }}' for g, value in pairs)}]\n"
        return keys + (
            f"tolerance = {self.tolerance if self.tolerance == '0' else f'{self.tolerance!r}'}\n" * bool(self.tolerance)
        )


class Told(NamedTuple):
    """What a status says; `reach` is how far around the target is close to it, None where nothing is judged."""

    word: str
    target: Fraction | None = None
    value: Fraction | None = None
    reach: Fraction | None = None
    year_end: str = ""
    is_said: bool = False


def reach_of(measure: str, target: Fraction, tolerance: str) -> Fraction:
    if tolerance:
        amount = Fraction(tolerance.split()[0].rstrip("%"))
        return target * amount / 100 if tolerance.endswith("%") else amount
    if measure != "percentage":
        return target / 10
    return Fraction(5 if target >= 50 else 2)


def judged(polarity: str, value: Fraction, target: Fraction, reach: Fraction) -> Told:
    if polarity == "none":
        return Told("no judgement", target, value)
    short = target - value if polarity == "high" else value - target
    word = "on target" if short <= 0 else "close to target" if short <= reach else "off target"
    return Told(word, target, value, reach)


def expected(case: Case) -> Told:
    goals = GOALS[case.goal]
    known = [goal for goal in goals if goal.day <= JULY_ENDS]
    later = [goal for goal in goals if goal.kind == "by" and goal.day > JULY_ENDS]
    is_there = not isinstance(case.number, str)
    if known and known[-1].value is not None:
        target = Fraction(known[-1].value)
        value = Fraction(str(case.number)) if is_there else None
        reach = reach_of(case.measure, target, case.tolerance)
        told = Told("no data", target) if value is None else judged(case.polarity, value, target, reach)
    elif later and later[0].value is not None:
        told = Told("not due", Fraction(later[0].value))
    else:
        told = Told("no target")
    return told._replace(word="off target", is_said=True) if case.said and case.number != "[c]" else told


def found(status: TargetStatus) -> Told:
    target, tolerance = status.target.value if status.target else None, status.tolerance
    return Told(
        status.word.value,
        target,
        status.value,
        tolerance.around(target) if tolerance and target is not None else None,
        status.year_end.label if status.year_end else "",
        status.said is not None,
    )


def cases() -> Iterator[Case]:
    for measure, polarity in product(MEASURES, POLARITIES):
        for tolerance, number in product(TOLERANCES, EDGES):
            yield Case(measure, polarity, "plain", number, tolerance)
        for goal, number, said in product(GOALS, (59, 60, *MISSING), (False, True)):
            yield Case(measure, polarity, goal, number, said=said)


def test_every_status_is_what_the_contract_says() -> None:
    known = {f"i{at}": case for at, case in enumerate(cases())}
    rows = {f"{name} value": {"Jul 23": case.number} for name, case in known.items()}
    workbook, folder = unread("\n".join(case.toml(name) for name, case in known.items()), rows)
    said = {(name, JULY): SaidStatus(StatusWord.OFF_TARGET, "So.", CellRef("Status", 2, 2)) for name in known}
    workbook = replace(workbook, statuses={key: word for key, word in said.items() if known[key[0]].said})
    timelines = publish(workbook, folder, compute_figures(workbook, folder)).figures.timelines
    told = {case: (expected(case), found(timelines[name].status)) for name, case in known.items()}

    assert len(told) > 1700
    assert {case: pair for case, pair in told.items() if pair[0] != pair[1]} == {}


def test_a_target_to_be_agreed_is_none_but_is_there_to_be_printed() -> None:
    for goal in ("agreed", "agreed since", "agreed ahead"):
        workbook, folder = unread(Case("number", "high", goal, 60).toml("it"), {"it value": {"Jul 23": 60}})
        target = compute_figures(workbook, folder).timelines["it"].status.target
        assert target is not None
        assert target.value is None


# Cumulative indicators: the year to date, quarter by quarter

QUARTERS = [f"Q{number} 22/23" for number in (1, 2, 3, 4)]
LABELS = ["Apr-Jun 22/23 Q1", "Jul-Sep 22/23 Q2", "Oct-Dec 22/23 Q3", "Jan-Mar 22/23 Q4"]
DAYS = ("2022-06-30", "2022-09-30", "2022-12-31", "2023-03-31")
PATTERNS = (
    *("nnnn", "-nnn", "n-nn", "nn-n", "nnn-", "nn--", "n---", "----"),
    *("cnnn", "ncnn", "nncn", "nnnc", "nc--", "n-nc"),
)
"""What the four quarters are: n a number, - blank, c confidential."""
COUNTS, TOTALS = (5, 6, 3, 7), (20, 10, 20, 20)
PROFILES = {"number": (5, 10, 15, 20), "percentage": (20, 30, 40, 52)}


@dataclass(frozen=True)
class Year:
    """A cumulative indicator in the quarter numbered `newest` (0 to 3). `is_late`: its life begins with the second."""

    measure: str
    polarity: str
    pattern: str
    has_profile: bool
    is_late: bool
    newest: int

    def toml(self, name: str) -> str:
        profile = PROFILES[self.measure]
        goal = f"profile = {list(profile)}" if self.has_profile else f"target = {profile[-1]}"
        return (
            f'[[indicators]]\nid = "{name}"\ntitle = "It"\nmeasure = "{self.measure}"\npolarity = "{self.polarity}"\n'
            f'frequency = "quarter"\ncumulative = "financial-year"\n{goal}\n'
        ) + ("from = 2022-07-01\n" if self.is_late else "")

    def rows(self, name: str) -> Iterator[tuple[str, dict[str, Number]]]:
        marks = {"-": "", "c": "[c]"}
        parts = {"value": COUNTS} if self.measure == "number" else {"numerator": COUNTS, "denominator": TOTALS}
        for part, numbers in parts.items():
            given = (marks.get(sign, number) for sign, number in zip(self.pattern, numbers, strict=True))
            yield f"{name} {part}", dict(zip(QUARTERS, given, strict=True))


def years(newest: int) -> Iterator[Year]:
    for each in product(PROFILES, POLARITIES, PATTERNS, (True, False), (False, True)):
        yield Year(*each, newest)


def expected_of(year: Year) -> Told:
    profile, first = PROFILES[year.measure], int(year.is_late)
    signs = year.pattern[first : year.newest + 1]
    filled = signs.rstrip("-")
    is_known = bool(filled) and set(filled) == {"n"} and "c" not in signs
    last = first + len(filled) - 1 if is_known else year.newest
    target = Fraction(profile[last] if year.has_profile else profile[-1])
    if not is_known:
        return Told("no data", target)
    count = Fraction(sum(COUNTS[first : last + 1]))
    value = count if year.measure == "number" else 100 * count / sum(TOTALS[first : last + 1])
    if year.polarity == "none":
        return Told("no judgement", target, value)
    if last < 3 and not year.has_profile:
        return Told("not due", target, value, year_end=LABELS[3])
    if year.is_late and year.measure == "number":
        return Told("no judgement", target, value)  # a part of a year is not held against a whole year's number
    reach = Fraction(5) if year.measure == "percentage" else target / 10  # 5 points: the year's target is above 50
    return judged(year.polarity, value, target, reach)


@pytest.mark.parametrize("newest", range(4))
def test_the_year_to_date_is_judged_as_the_contract_says(newest: int) -> None:
    known = {f"i{at}": year for at, year in enumerate(years(newest))}
    rows = {row: given for name, year in known.items() for row, given in year.rows(name)}
    toml = "\n".join(year.toml(name) for name, year in known.items())
    workbook, folder = unread(toml, rows, data_as_at=DAYS[newest])
    timelines = publish(workbook, folder, compute_figures(workbook, folder)).figures.timelines
    told = {year: (expected_of(year), found(timelines[name].status)) for name, year in known.items()}

    assert {timelines[name].newest.period.label for name in known} == {LABELS[newest]}
    assert {year: pair for year, pair in told.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_an_officers_word_on_a_year_is_not_taken_where_a_figure_of_it_is_hidden(pattern: str) -> None:
    year = Year("number", "low", pattern, True, False, 3)
    workbook, folder = unread(year.toml("it"), dict(year.rows("it")), data_as_at=DAYS[3])
    said = SaidStatus(StatusWord.ON_TARGET, "So.", CellRef("Status", 2, 2))
    workbook = replace(workbook, statuses={("it", parse_period(QUARTERS[3])): said})

    assert (compute_figures(workbook, folder).timelines["it"].status.said is None) == ("c" in pattern)
