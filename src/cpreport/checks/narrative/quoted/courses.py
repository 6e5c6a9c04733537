"""The judge of directions: where a sentence says that its subject went, stands or ranks, held against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.narrative.quoted import lexicon
from cpreport.checks.narrative.quoted.facts import FIGURES, figure_text
from cpreport.checks.narrative.quoted.reading import Clause, Reading
from cpreport.model.figure import Figure
from cpreport.model.finding import Rule
from cpreport.model.indicator import Measure, Polarity
from cpreport.model.number import rounded, rounded_units
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_LITTLE, _JUST, _FEW = Fraction(5, 100), Fraction(15, 100), 20
_MOST = 36
_TARGET = re.compile(r"\btargets?\b", re.IGNORECASE)
_OPPOSITE = {
    "better": {Polarity.HIGH: "up", Polarity.LOW: "down"},
    "worse": {Polarity.HIGH: "down", Polarity.LOW: "up"},
}


@dataclass(frozen=True, slots=True)
class Course:
    """Where a sentence says its subject went, stands or ranks: `words` say so. `rule` is what is wrong, if anything.

    `since` is the period it is compared with, where it is one.
    """

    timeline: Timeline
    words: str
    course: str
    held: str
    since: Period | None = None
    rule: Rule | None = None


def courses(reading: Reading) -> Iterator[Course]:
    """What a sentence says of directions; nothing of plans."""
    if reading.is_planned:
        return
    for clause in reading.clauses:
        timeline = clause.subject
        if timeline is None or _is_of_category(clause, timeline, reading):
            continue
        yield from _of_target(reading, clause, timeline)
        yield from _ranked(reading, clause, timeline)
        for patterns, judge in ((lexicon.MOVES, _moved), (lexicon.COMPARES, _compared)):
            for name, pattern in patterns:
                for found in pattern.finditer(reading.text, clause.start, clause.end):
                    if not lexicon.NOT.search(clause.text[: found.start() - clause.start]) or name == "equal":
                        yield from judge(reading, clause, timeline, name, found)


def _is_of_category(clause: Clause, timeline: Timeline, reading: Reading) -> bool:
    """Whether a clause is about a part of the subject, which a breakdown counts."""
    month, subjects = reading.room.month, reading.room.subjects
    ids = {each.id for each in month.folder.breakdowns.values() if each.of and each.of.name == timeline.indicator.id}
    title, said = subjects.stems(timeline.indicator.title), subjects.stems(clause.text)
    names = {count.category for count in month.workbook.breakdowns if count.breakdown in ids}
    return any((stems := subjects.stems(name) - title) and stems <= said for name in names)


def _course(name: str, timeline: Timeline) -> str:
    """Where a number goes that is said to get better or worse; empty where no direction is good."""
    return _OPPOSITE[name].get(timeline.indicator.polarity, "") if name in _OPPOSITE else name


def _moved(reading: Reading, clause: Clause, timeline: Timeline, name: str, found: re.Match[str]) -> Iterator[Course]:
    """Against an earlier period: the one that is named or whose number is given, else the last one."""
    course, text = _course(name, timeline), reading.text
    if not course or reading.comparators_in(found.end(), clause.end):
        return
    numbers = [each for each in reading.numbers if each.start > found.start() and reading.clause(each.start) == clause]
    olds, news = ([each for each in numbers if reading.is_old(each) is flag] for flag in (True, False))
    now, since = _periods(reading, clause, timeline, olds)
    if now is None or since is None:
        return
    new = next((each for each in news if olds and reading.text[: each.start].endswith(" to ")), None)
    if olds and new and olds[0].unit is new.unit and not _agrees(course, new.value, olds[0].value, 3):
        held = _texts(timeline, now, since)
        yield Course(
            timeline, text[found.start() : max(new.end, olds[0].end)], course, held, since[0], rules.DIRECTION_DISAGREES
        )
        return
    yield from _judged(reading, timeline, found, course, [timeline.at(now)], [timeline.at(each) for each in since])


def _periods(
    reading: Reading, clause: Clause, timeline: Timeline, olds: Sequence[object]
) -> tuple[Period | None, list[Period] | None]:
    """The period that is spoken of, and those it is compared with; None where they cannot be told."""
    newest = timeline.newest.period
    compared = reading.compared_periods(clause, timeline)
    dates = [each.of(timeline) for each in reading.periods if not each.is_contrast]
    if None in dates:
        return None, None
    said = [period for period in dates if period and period not in compared]
    now = max(said, default=newest)
    given = [number for number in reading.numbers if number in olds]
    found = [
        fact.period
        for number in given
        for fact in reading.room.facts(timeline)
        if fact.kind in FIGURES and fact.period and fact.period < now and number.is_rounded(fact.number)
    ]
    if given and not compared:
        return (now, [found[0]]) if found and len(set(found)) == 1 else (None, None)
    if lexicon.RECENT.search(reading.text):
        return now, [now.shift(-back) for back in (1, 2, 3)]
    if not compared and len(set(said)) > 1:
        return now, [min(said)]
    if not compared and lexicon.STRETCH.search(reading.text):
        return None, None
    return now, [max(compared)] if compared else [now.shift(-1)]


def _compared(
    reading: Reading, clause: Clause, timeline: Timeline, name: str, found: re.Match[str]
) -> Iterator[Course]:
    """Against the comparator or the period that is named behind the word; the target has its own judge."""
    course, newest = _course(name, timeline), timeline.newest
    named = reading.comparators_in(found.end(), min(clause.end, found.end() + 80))
    own = [number for number in reading.numbers if number.start < found.start()]
    if not course or newest.value is None or any(reading.names_of(number) and reading.is_old(number) for number in own):
        return
    for _, _, comparator in named:
        benchmark = timeline.benchmarks.get(comparator)
        if benchmark and benchmark.value is not None:
            decimals = max(timeline.indicator.decimals, timeline.indicator.benchmark_decimals)
            value = rounded(benchmark.value, timeline.indicator.benchmark_decimals) + timeline.indicator.suffix
            held = f"{figure_text(timeline, newest.period)}; {comparator}: {value}"
            is_just = bool(lexicon.JUST.search(reading.text, 0, found.start()))
            is_right = _agrees(course, newest.value, benchmark.value, decimals, is_just)
            yield Course(
                timeline, _words(reading, found), course, held, None, None if is_right else rules.DIRECTION_DISAGREES
            )
    periods = reading.compared_periods(clause, timeline)
    is_of_period = found[0].lower() not in ("above", "below", "in line with") and periods and not named
    if is_of_period and not _TARGET.search(clause.text):
        yield from _judged(reading, timeline, found, course, [newest], [timeline.at(max(periods))])


def _judged(
    reading: Reading, timeline: Timeline, found: re.Match[str], course: str, now: list[Figure], then: list[Figure]
) -> Iterator[Course]:
    """Right if value or numerator went there, against any of the periods; silent where a figure is missing."""
    pairs = [(new, old) for new in now for old in then if new.value is not None and old.value is not None]
    is_apart = any(timeline.break_between(new.period, old.period) for new, old in pairs)
    if is_apart or now[0].period <= then[0].period:
        return
    if len(pairs) < len(then):
        held = _texts(timeline, now[0].period, [old.period for old in then])
        yield Course(timeline, _words(reading, found), course, held, then[0].period)
        return
    is_just = bool(lexicon.JUST.search(reading.text, 0, found.start()))
    decimals = timeline.indicator.decimals
    is_of_values = timeline.indicator.measure in (Measure.NUMBER, Measure.AVERAGE)
    values = [(new.value, old.value) for new, old in pairs]
    counts = [] if is_of_values or course not in ("up", "down") else [(new.count, old.count) for new, old in pairs]
    agree = (_agrees(course, a, b, decimals, is_just) for a, b in (*values, *counts) if a is not None and b is not None)
    held = _texts(timeline, now[0].period, [old.period for old in then])
    rule = None if any(agree) else rules.DIRECTION_DISAGREES
    yield Course(timeline, _words(reading, found), course, held, then[0].period, rule)


def _agrees(course: str, now: Fraction, then: Fraction, decimals: int, is_just: bool = False) -> bool:
    change = now - then
    match course:
        case "up" | "down":
            is_there = change > 0 if course == "up" else change < 0
            return is_there and not (is_just and abs(change) > _JUST * abs(then))
        case "equal":
            return rounded_units(now, decimals) == rounded_units(then, decimals)
        case _:
            is_few = then.denominator == 1 and abs(then) <= _FEW and abs(change) <= 1
            return abs(change) <= _LITTLE * abs(then) or is_few


def _of_target(reading: Reading, clause: Clause, timeline: Timeline) -> Iterator[Course]:
    """Met, missed, exceeded, above or below the target."""
    target, value, polarity = (
        timeline.indicator.target_on(timeline.newest.period.end),
        timeline.newest.value,
        timeline.indicator.polarity,
    )
    if not target or value is None or not _TARGET.search(clause.text):
        return
    decimals = timeline.indicator.decimals
    ours, aim = (rounded_units(number, decimals) for number in (value, target.value))
    is_met = ours >= aim if polarity is Polarity.HIGH else ours <= aim
    is_high = polarity is Polarity.HIGH
    claims = (
        (lexicon.MET, is_met),
        (lexicon.MISSED, not is_met),
        (lexicon.EXCEEDED, ours > aim if is_high else True),
        (re.compile(r"\babove\b"), ours > aim),
        (re.compile(r"\bbelow\b"), ours < aim),
    )
    named = [each.of(timeline) for each in reading.periods]
    if any(period != timeline.newest.period for period in named):
        return
    for pattern, is_so in claims if polarity is not Polarity.NONE else claims[3:]:
        if found := pattern.search(clause.text):
            is_denied = bool(lexicon.NOT.search(clause.text[: found.start()]))
            held = (
                f"{figure_text(timeline, timeline.newest.period)}; target: {timeline.indicator.printed(target.value)}"
            )
            yield Course(
                timeline, found[0], "target", held, None, None if is_so != is_denied else rules.TARGET_DISAGREES
            )
            return


def _ranked(reading: Reading, clause: Clause, timeline: Timeline) -> Iterator[Course]:
    """`Highest since June`, `lowest in twelve months`, `first rise since May`: against the series."""
    found = lexicon.RANKED.search(reading.text, clause.start)
    at = [
        each
        for each in reading.periods
        if found and not found.start() <= each.start < found.end() + 20 * (found["count"] is None)
    ]
    if not found or at or lexicon.NOT.search(clause.text) or found.start() >= clause.end:
        return
    window = _window(reading, timeline, found)
    figures = [] if window is None else timeline.last(window + 1, timeline.newest.period)
    values = [figure.value for figure in figures if figure.value is not None]
    if len(values) < 3 or len(values) < len(figures) or timeline.break_between(figures[0].period, figures[-1].period):
        return
    is_right = _is_rank(found, timeline, values)
    if is_right is not None:
        held = _texts(timeline, figures[-1].period, [figures[0].period])
        yield Course(timeline, found[0], "rank", held, None, None if is_right else rules.RANK_DISAGREES)


def _window(reading: Reading, timeline: Timeline, found: re.Match[str]) -> int | None:
    """Over how many earlier periods the words look back; None where that cannot be told."""
    newest = timeline.newest.period
    if found["count"] is None:
        named = next((each.of(timeline) for each in reading.periods if each.start >= found.end()), None)
        return newest.ordinal - named.ordinal - 1 if named and named < newest else None
    word = found["count"].lower()
    count = (
        lexicon.SMALL_NUMBERS.index(word) + 1 if word in lexicon.SMALL_NUMBERS else int(word) if word.isdigit() else 1
    )
    unit = found["unit"].rstrip("s").lower()
    per_year = newest.ordinal - newest.year_earlier().ordinal
    periods = count * per_year if unit == "year" else count
    is_of_kind = unit in ("year", newest.kind.value)
    return periods - 1 if is_of_kind and 2 < periods <= _MOST else None


def _is_rank(found: re.Match[str], timeline: Timeline, values: Sequence[Fraction]) -> bool | None:
    """None where the words rank nothing: `best` of an indicator of which nothing is good."""
    *before, now = values
    if move := (found["move"] or "").lower():
        steps = [b - a for a, b in pairwise(values)]
        sign = 1 if move in ("rise", "increase") else -1
        return steps[-1] * sign > 0 and all(step * sign <= 0 for step in steps[:-1])
    word = found["word"].lower()
    name = {"highest": "up", "most": "up", "lowest": "down", "fewest": "down", "best": "better", "worst": "worse"}.get(
        word, ""
    )
    course = _course(name, timeline)
    return (now >= max(before) if course == "up" else now <= min(before)) if course else None


def _texts(timeline: Timeline, now: Period, since: list[Period]) -> str:
    return "; ".join(figure_text(timeline, period) for period in (min(since), now))


def _words(reading: Reading, found: re.Match[str]) -> str:
    return reading.text[found.start() : found.end()]
