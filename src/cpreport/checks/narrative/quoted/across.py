"""Rules about all sentences together: those that contradict each other, and what none of them mentions."""

from __future__ import annotations

from collections.abc import Iterator

from cpreport.checks.narrative.quoted.facts import figure_text
from cpreport.checks.narrative.quoted.findings import Judged, Told, title, warning
from cpreport.checks.narrative.quoted.reading import Judgement
from cpreport.model.finding import Finding, Place
from cpreport.model.indicator import Polarity
from cpreport.model.rules import quoted as rules
from cpreport.model.timeline import Timeline

_OPPOSITE = ({"up", "down"}, {"up", "equal"}, {"down", "equal"})
_COMPARED, _FEWEST = 12, 6


def between(told: Told) -> Iterator[Finding]:
    yield from _opposite(told)
    for section in told.room.month.folder.sections:
        own = [each for each in told.judged if each.sentence.section == section.id and each.sentence.slot]
        for timeline in (told.room.timelines[name] for name in section.indicators if name in told.room.timelines):
            if own and _got_clearly_worse(timeline) and not any(_mentions(each, timeline, told) for each in own):
                newest = timeline.newest.period
                held = figure_text(timeline, newest.shift(-1), newest)
                place = Place(section=section.id, indicator=timeline.indicator.id, period=newest.label)
                yield rules.WORSE_UNMENTIONED.at(place, section=section.title, indicator=title(timeline), held=held)


def _opposite(told: Told) -> Iterator[Finding]:
    """Two sentences that say opposite things of one change, and have no warning of their own."""
    first: dict[tuple[str, str], tuple[Judged, Judgement]] = {}
    for each in (each for each in told.judged if not each.has_warning):
        for judgement in each.judgements:
            if not judgement.timeline or not judgement.since:
                continue
            key = (judgement.timeline.indicator.id, judgement.held)
            earlier, before = first.setdefault(key, (each, judgement))
            if earlier is not each and {before.course, judgement.course} in _OPPOSITE:
                words, other = each.words(judgement), earlier.words(before)
                more = {"other": other, "first": f"{earlier.sentence.place.file} {earlier.sentence.place}"}
                rule = rules.SENTENCES_DISAGREE
                yield warning(rule, each.sentence, judgement.timeline, words, judgement.held, **more)


def _got_clearly_worse(timeline: Timeline) -> bool:
    """Whether the newest figure is worse than every one of the year before, of which six at least are there."""
    now, polarity = timeline.newest, timeline.indicator.polarity
    before = [figure.value for figure in timeline.last(_COMPARED + 1, now.period)[:-1] if figure.value is not None]
    is_apart = timeline.break_between(now.period.shift(-_COMPARED), now.period)
    if not timeline.is_worse or now.value is None or len(before) < _FEWEST or is_apart:
        return False
    return now.value < min(before) if polarity is Polarity.HIGH else now.value > max(before)


def _mentions(judged: Judged, timeline: Timeline, told: Told) -> bool:
    sentence, name = judged.sentence, timeline.indicator.id
    is_tagged = any(printed.source.indicator == name for printed in sentence.printed)
    is_judged = any(each.timeline is timeline for each in judged.judgements)
    words = f"{sentence.heading} {sentence.line.words}"
    return is_tagged or is_judged or any(each.id == name for _, each in told.room.subjects.named(words))
