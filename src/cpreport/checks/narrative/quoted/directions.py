"""Words of direction – `increased`, `remains stable`, `just below England` – held against what the figures did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from cpreport.checks.narrative.quoted.courses import Said, said_in
from cpreport.checks.narrative.quoted.facts import Kind, Known
from cpreport.checks.narrative.quoted.numbers import Unit
from cpreport.checks.narrative.quoted.question import resolved
from cpreport.checks.narrative.quoted.reading import Compared, Course, Outcome, Reading, Turn, Verdict
from cpreport.checks.narrative.quoted.segments import Clauses, Segment
from cpreport.checks.narrative.quoted.verdicts import Reader
from cpreport.model.figure import Figure
from cpreport.model.indicator import Polarity
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline

_BEGINS = re.compile(r"\W*(?:but|yet|while|whereas|though|although|;|before it|however|so that)", re.IGNORECASE)
_GOES_ON = re.compile(r"\W*(?:and\b|,)", re.IGNORECASE)
_TARGET = re.compile(r"\btarget\b", re.IGNORECASE)
_STANDS = re.compile(r"above\b|below\b", re.IGNORECASE)
_SINCE = re.compile(r"\s+since(?: then)?(?=[.,;]|\Z)")
_RECENT = re.compile(
    r"\b(?:recent|previous few|last few|past few|previous three|last three) (?:months|quarters|terms)\b", re.IGNORECASE
)
_YEAR = re.compile(
    r"\b(?:over|in|during) (?:the (?:last|past) )?(?:year|12 months|twelve months)\b|\bannually\b", re.IGNORECASE
)
_LITTLE, _SMALL_COUNT = Fraction(5, 100), 20
_JUST_SO = Fraction(15, 100)


def turns_of(reading: Reading, reader: Reader) -> Iterator[Turn]:
    """The directions that a sentence gives to indicators, each with whether it is right."""
    text = reading.sentence.text
    several = said_in(text)
    for said in several:
        group = _group(reading.clauses, said, several)
        known = _subject(reading, reader, said, group)
        compared = _compared(reading, known.timeline, said, group) if known else None
        if known and compared:
            course = _course(said, known.timeline.indicator.polarity)
            if course is not None:
                by_count = _may_be_of_counts(reading, known)
                is_right = _is_right(course, said.is_just, compared, by_count)
                yield Turn(known, text[said.start : said.end], compared, course, is_right)


def _subject(reading: Reading, reader: Reader, said: Said, group: Sequence[Segment]) -> Known | None:
    """Whose direction it is: of the nearest number of its statement, unless the words name the indicator of another.

    Where the statement has no number whose indicator is known, the words must name one, or any number of the sentence.
    """
    clauses = reading.clauses
    likeliest = next(iter(reader.candidates(reading.sentence, clauses, said.start)), None)
    by_words = likeliest.known if likeliest and likeliest.is_strong else None
    numbers = [verdict for verdict in reading.verdicts if verdict.known and verdict.outcome is not Outcome.UNCHECKED]
    own = [verdict for verdict in numbers if group[0].start <= verdict.number.start < group[-1].end]
    if by_words is not None and (not own or any(verdict.known is by_words for verdict in own)):
        return by_words
    several = own or numbers
    return min(several, key=lambda v: _distance(clauses, said.start, v.number.start)).known if several else None


def _distance(clauses: Clauses, one: int, other: int) -> int:
    between = clauses.segments.index(clauses.segment(one)) - clauses.segments.index(clauses.segment(other))
    return abs(one - other) + 40 * abs(between)


def _group(clauses: Clauses, said: Said, several: Sequence[Said]) -> list[Segment]:
    """The segments of the statement that a word of direction stands in: from where another begins to the next."""
    others = {id(clauses.segment(other.start)) for other in several}
    begins = [place for place, each in enumerate(clauses.segments) if _is_begin(each, id(each) in others)]
    own = clauses.segments.index(clauses.segment(said.start))
    start = max((place for place in begins if place <= own), default=0)
    end = min((place for place in begins if place > own), default=len(clauses.segments))
    return clauses.segments[start:end]


def _is_begin(segment: Segment, has_direction: bool) -> bool:
    return bool(_BEGINS.match(segment.text)) or (has_direction and bool(_GOES_ON.match(segment.text)))


def _compared(reading: Reading, timeline: Timeline, said: Said, group: Sequence[Segment]) -> Compared | None:
    """What the word compares: with a benchmark or target that the sentence names, else with an earlier period."""
    clauses = reading.clauses
    named = _comparators(clauses, said)
    if (said.compares or said.course is Course.STABLE) and named:
        return _with_benchmark(timeline, named[0])
    if said.compares and _TARGET.search(clauses.text, said.end):
        return _with_target(timeline)
    is_of_period = any(each.compares and each.periods for each in group)
    if said.compares and said.course is Course.STABLE:
        return None
    if _STANDS.match(clauses.text, said.start) and not is_of_period:
        return None
    if _RECENT.search(clauses.text):
        return _with_recent(timeline)
    then = _quoted_before(reading, timeline, group)
    return _with_period(timeline, *_periods(clauses, timeline, said, group, then))


def _comparators(clauses: Clauses, said: Said) -> tuple[str, ...]:
    """Those that the word's own segment names, or the next one."""
    place = clauses.segments.index(clauses.segment(said.start))
    return next((each.comparators for each in clauses.segments[place : place + 2] if each.comparators), ())


def _periods(
    clauses: Clauses, timeline: Timeline, said: Said, group: Sequence[Segment], before: Period | None
) -> tuple[Period | None, Period | None]:
    """The period that the word speaks of and the one that it compares it with; None where they cannot be told."""
    now, own = timeline.newest.period, clauses.segment(said.start)
    if _SINCE.match(clauses.text, said.end) and clauses.periods:
        return now, max(resolved(clauses.periods, timeline), default=now.shift(-1))
    compared = [named for each in group for named in each.periods if each.compares or named.is_contrast]
    mains = [named for each in group if not each.compares for named in each.dates]
    earlier, current = resolved(compared, timeline), resolved(mains, timeline)
    if (compared and not earlier) or (mains and not current and not compared):
        return None, None
    if earlier:
        return max((period for period in current if period > min(earlier)), default=now), min(earlier)
    if len(current) > 1:
        return max(current), min(current)
    if current and current[0] != now:
        is_only_ago = current[0] == now.year_earlier() and not any(named.is_exact for named in mains)
        return (now, current[0]) if is_only_ago or not own.periods else (current[0], current[0].shift(-1))
    if before and not mains:
        return now, before
    return now, now.year_earlier() if _YEAR.search(clauses.text) else now.shift(-1)


def _quoted_before(reading: Reading, timeline: Timeline, group: Sequence[Segment]) -> Period | None:
    """The period of an earlier figure that the statement compares with, by its number alone: `fallen from 617`."""
    compared = [each for each in group if each.compares]
    facts = (
        verdict.fact
        for verdict in reading.verdicts
        if verdict.fact and verdict.known and verdict.known.timeline is timeline
        if any(each.start <= verdict.number.start < each.end for each in compared)
    )
    return next((fact.period for fact in facts if fact.period and fact.period < timeline.newest.period), None)


def _with_period(timeline: Timeline, now: Period | None, then: Period | None) -> Compared | None:
    if now is None or then is None or now == then or timeline.break_between(now, then):
        return None
    newer, older = timeline.at(now), timeline.at(then)
    if newer.value is None or older.value is None:
        return None
    texts = f"{_text(timeline, older)}; {_text(timeline, newer)}"
    counts = (newer.count, older.count) if newer.count is not None and older.count is not None else None
    decimals = timeline.indicator.decimals
    return Compared(newer.value, older.value, decimals, texts, now, then, counts)


def _with_recent(timeline: Timeline) -> Compared | None:
    now = timeline.newest
    before = [figure.value for figure in timeline.last(4, now.period)[:3] if figure.value is not None]
    if now.value is None or len(before) < 3:
        return None
    mean = sum(before, Fraction(0)) / len(before)
    indicator = timeline.indicator
    texts = f"the mean of the three periods before {indicator.printed(mean)}; {_text(timeline, now)}"
    return Compared(now.value, mean, indicator.decimals, texts, now.period)


def _with_benchmark(timeline: Timeline, name: str) -> Compared | None:
    benchmark, now = timeline.benchmarks.get(name), timeline.newest
    if benchmark is None or benchmark.value is None or now.value is None:
        return None
    indicator = timeline.indicator
    theirs = Known.benchmark_text(indicator, benchmark.value)
    texts = f"{name}: {theirs}; {_text(timeline, now)}"
    return Compared(now.value, benchmark.value, indicator.benchmark_decimals, texts, now.period)


def _with_target(timeline: Timeline) -> Compared | None:
    now = timeline.newest
    target = timeline.indicator.target_on(now.period.end)
    if target is None or now.value is None:
        return None
    texts = f"{Kind.TARGET.value}: {timeline.indicator.printed(target.value)}; {_text(timeline, now)}"
    return Compared(now.value, target.value, timeline.indicator.decimals, texts, now.period)


def _text(timeline: Timeline, figure: Figure) -> str:
    value = figure.value
    return f"{figure.period.label}: {timeline.indicator.printed(value) if value is not None else figure.state.value}"


def _course(said: Said, polarity: Polarity) -> Course | None:
    """Where the number went, also for `improved`; None where neither direction is good."""
    if said.course not in (Course.BETTER, Course.WORSE):
        return said.course
    if polarity is Polarity.NONE:
        return None
    return Course.UP if (said.course is Course.BETTER) == (polarity is Polarity.HIGH) else Course.DOWN


def _may_be_of_counts(reading: Reading, known: Known) -> bool:
    """Whether a sentence may speak of the counts behind an indicator's values: it quotes one, or no number of its."""
    quoted = [verdict for verdict in reading.verdicts if verdict.known is known]
    return not quoted or any(_is_count(verdict, reading) for verdict in quoted)


def _is_count(verdict: Verdict, reading: Reading) -> bool:
    number = verdict.number
    if number.value is None:
        return any(name == "count" for name, _ in reading.sentence.tags[number.tag].steps)
    return number.unit is Unit.PLAIN and not number.decimals


def _is_right(course: Course, is_just: bool, compared: Compared, by_count: bool) -> bool:
    """Whether the value took this course, or the count behind it; how much is little is told by the value."""
    counts = [compared.counts] if compared.counts and by_count and course is not Course.STABLE else []
    pairs = [(compared.now, compared.then), *counts]
    return any(_fits(course, is_just, now, then, compared.decimals) for now, then in pairs)


def _fits(course: Course, is_just: bool, now: Fraction, then: Fraction, decimals: int) -> bool:
    change = now - then
    match course:
        case Course.UP:
            return change > 0 and not (is_just and change > _JUST_SO * abs(then))
        case Course.DOWN:
            return change < 0 and not (is_just and -change > _JUST_SO * abs(then))
        case Course.EQUAL:
            return rounded_units(now, decimals) == rounded_units(then, decimals)
        case _:
            is_few = then.denominator == 1 and abs(then) <= _SMALL_COUNT and abs(change) <= 1
            return abs(change) <= _LITTLE * abs(then) or is_few
