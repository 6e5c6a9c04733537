"""Rules about all sentences together: those that contradict each other, and what none of them mentions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cpreport.checks.narrative.quoted.facts import OF_ONE_FIGURE, Kind, Known
from cpreport.checks.narrative.quoted.numbers import Number
from cpreport.checks.narrative.quoted.reading import Course, Reading, Told, Turn
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.single import acceptable, name, place_of
from cpreport.checks.narrative.quoted.subjects import STRONG
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import SectionPlan
from cpreport.model.indicator import Polarity
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_OPPOSITE = ({Course.UP, Course.DOWN}, {Course.UP, Course.EQUAL}, {Course.DOWN, Course.EQUAL})
_COMPARED, _FEWEST = 12, 6


def figures_disagree(told: Told) -> Iterator[Finding]:
    """Two numbers that are given out for one figure."""
    first: dict[tuple[str, Kind, Period], tuple[Sentence, Number]] = {}
    for sentence, verdict in told.verdicts():
        if verdict.known is None or verdict.period is None or verdict.kind not in OF_ONE_FIGURE:
            continue
        key = (verdict.known.timeline.indicator.id, verdict.kind, verdict.period)
        earlier, number = first.setdefault(key, (sentence, verdict.number))
        if earlier is not sentence and not _agree(number, verdict.number):
            pair = (verdict.number.text.strip(), number.text.strip())
            yield _disagreeing(sentence, earlier, verdict.known, pair, verdict.period)


def directions_disagree(told: Told) -> Iterator[Finding]:
    """Two words that say opposite things of one change."""
    first: dict[tuple[str, Period, Period], tuple[Sentence, Turn]] = {}
    for sentence, turn in told.turns():
        if turn.compared.since is None:
            continue
        key = (turn.known.timeline.indicator.id, turn.compared.period, turn.compared.since)
        earlier, other = first.setdefault(key, (sentence, turn))
        if earlier is not sentence and {turn.course, other.course} in _OPPOSITE:
            pair = (f"'{turn.words}'", f"'{other.words}'")
            yield _disagreeing(sentence, earlier, turn.known, pair, turn.compared.period)


def worse_unmentioned(told: Told) -> Iterator[Finding]:
    """In sections that have a narrative."""
    for section in told.month.folder.sections:
        own = [reading for reading in told.readings if reading.sentence.section is section]
        for timeline in (told.month.figures.timelines[id] for id in section.indicators):
            if own and _got_clearly_worse(timeline) and not any(_mentions(each, timeline, told) for each in own):
                yield _unmentioned(section, Known(timeline, told.month))


def _agree(one: Number, other: Number) -> bool:
    """Whether two numbers can be the same one, rounded differently."""
    rougher, finer = sorted((one, other), key=lambda number: number.decimals)
    return finer.value is None or rougher.is_rounded(finer.value)


def _disagreeing(here: Sentence, there: Sentence, known: Known, pair: tuple[str, str], period: Period) -> Finding:
    where = f"{there.place.file} {there.place}"
    said = {"sentence": here.quoted, "other": there.quoted, "first": where, "this": pair[0], "that": pair[1]}
    figure = {"indicator": name(known), "period": period.label, "held": f"{name(known)}, {known.figure_text(period)}"}
    place = replace(place_of(here, known), period=period.label)
    return acceptable(rules.SENTENCES_DISAGREE, place, said | figure)


def _got_clearly_worse(timeline: Timeline) -> bool:
    """Whether the newest figure is worse than every one of the year before, of which six at least are there."""
    now, polarity = timeline.newest, timeline.indicator.polarity
    before = [figure.value for figure in timeline.last(_COMPARED + 1, now.period)[:-1] if figure.value is not None]
    if not timeline.is_worse or now.value is None or len(before) < _FEWEST:
        return False
    if timeline.break_between(now.period.shift(-_COMPARED), now.period):
        return False
    return now.value < min(before) if polarity is Polarity.HIGH else now.value > max(before)


def _mentions(reading: Reading, timeline: Timeline, told: Told) -> bool:
    sentence = reading.sentence
    is_tagged = any(tag.timeline is timeline for tag in sentence.tags)
    is_quoted = any(verdict.known and verdict.known.timeline is timeline for verdict in reading.verdicts)
    words = f"{sentence.heading} {sentence.said} {sentence.text}"
    return is_tagged or is_quoted or told.vocabulary.weight(timeline.indicator, words) >= STRONG


def _unmentioned(section: SectionPlan, known: Known) -> Finding:
    newest = known.timeline.newest.period
    held = f"{known.figure_text(newest.shift(-1))}; {known.figure_text(newest)}"
    place = Place(section=section.id, indicator=known.timeline.indicator.id, period=newest.label)
    return rules.WORSE_UNMENTIONED.at(place, section=section.title, indicator=name(known), held=held)


RULES = (figures_disagree, directions_disagree, worse_unmentioned)
