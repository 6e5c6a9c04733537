"""Rules about all sentences together: those that contradict each other, and what none of them mentions."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.narrative.quoted.facts import figure_text
from cpreport.checks.narrative.quoted.findings import Judged, Told, title, warning
from cpreport.model.figure import Direction
from cpreport.model.finding import Finding, Place
from cpreport.model.history import History
from cpreport.model.indicator import Polarity
from cpreport.model.rules import quoted as rules

_OPPOSITE = ({"up", "down"}, {"up", "equal"}, {"down", "equal"})
_WORSE = {(Polarity.HIGH, Direction.DOWN), (Polarity.LOW, Direction.UP)}
_COMPARED, _FEWEST = 12, 6


def between(told: Told) -> Iterator[Finding]:
    yield from _opposite(told)
    for section in told.room.month.folder.sections:
        own = [each for each in told.judged if each.sentence.section == section.id and each.sentence.slot]
        for history in (told.room.histories[name] for name in section.indicators if name in told.room.histories):
            if own and _got_clearly_worse(history) and not any(_mentions(each, history, told) for each in own):
                newest = history.newest.period
                held = f"{figure_text(history, newest.shift(-1))}; {figure_text(history, newest)}"
                place = Place(section=section.id, indicator=history.indicator.id, period=newest.label)
                yield rules.WORSE_UNMENTIONED.at(place, section=section.title, indicator=title(history), held=held)


def _opposite(told: Told) -> Iterator[Finding]:
    """Two sentences that say opposite things of one change, and have no warning of their own."""
    first: dict[tuple[object, ...], tuple[Judged, str, str]] = {}
    for each in told.judged:
        for course in each.courses:
            key = (course.history.indicator.id, course.held)
            earlier, said, words = first.setdefault(key, (each, course.course, course.words))
            is_other = earlier is not each and {said, course.course} in _OPPOSITE and course.since
            if is_other and not each.has_warning and not earlier.has_warning:
                place, there = earlier.sentence.place, {"other": words}
                more = {**there, "first": f"{place.file} {place}"}
                yield warning(
                    rules.SENTENCES_DISAGREE, each.sentence, course.history, course.words, course.held, **more
                )


def _got_clearly_worse(history: History) -> bool:
    """Whether the newest figure is worse than every one of the year before, of which six at least are there."""
    now, polarity = history.newest, history.indicator.polarity
    before = [figure.value for figure in history.last(_COMPARED + 1, now.period)[:-1] if figure.value is not None]
    if (polarity, history.directions.get(now.period)) not in _WORSE or now.value is None or len(before) < _FEWEST:
        return False
    if history.break_between(now.period.shift(-_COMPARED), now.period):
        return False
    return now.value < min(before) if polarity is Polarity.HIGH else now.value > max(before)


def _mentions(judged: Judged, history: History, told: Told) -> bool:
    sentence, name = judged.sentence, history.indicator.id
    is_tagged = any(printed.source.indicator == name for printed in sentence.printed)
    histories = [*(each.history for each in judged.verdicts), *(each.history for each in judged.courses)]
    is_judged = any(each is history for each in histories)
    words = f"{sentence.heading} {sentence.line.words}"
    return is_tagged or is_judged or any(each.id == name for _, each in told.room.subjects.named(words))
