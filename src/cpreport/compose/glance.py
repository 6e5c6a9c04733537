"""At a glance: how many measures are on target, what has changed since the last report, and what stands out.

Every word is a computed sentence, the same for the same facts; report.toml may change each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from cpreport.compose.columns import SYMBOLS
from cpreport.compose.environment import TemplateMistake
from cpreport.compose.measure_lines import (
    Clause,
    change_clause,
    figure_sentence,
    judgement_clause,
    needed_sentence,
    short_of_target,
    value_of,
    verdict_of,
)
from cpreport.compose.printed import MARK, mark
from cpreport.compose.quantity import in_words, is_whole
from cpreport.compose.references import link_to
from cpreport.compose.wording import in_series
from cpreport.compose.workings import held_basis, plain_basis
from cpreport.model.document import EMPTY, Block, Note, Paragraph, Span, Text, merged
from cpreport.model.folder import ReportFolder
from cpreport.model.period import MONTHS, Kind, Period, newest_ended
from cpreport.model.status import MISSED, StatusWord, TargetStatus
from cpreport.model.timeline import Figures, Timeline, Verdict
from cpreport.model.workbook import Workbook
from cpreport.model.working import ShownFigure

_MOST_LINES = 100

_Word = StatusWord | Verdict

_COUNTED: Mapping[_Word, str] = {
    StatusWord.ON_TARGET: "counted_on_target",
    StatusWord.CLOSE: "counted_close",
    StatusWord.OFF_TARGET: "counted_off_target",
    StatusWord.NO_TARGET: "counted_no_target",
    StatusWord.NOT_DUE: "counted_not_due",
    StatusWord.NO_JUDGEMENT: "counted_no_judgement",
    StatusWord.NO_DATA: "counted_no_figure",
}
"""How the measures of each status are counted, in this order."""

_CHANGED: Mapping[_Word, str] = {
    StatusWord.OFF_TARGET: "newly_off_target",
    StatusWord.CLOSE: "newly_close",
    StatusWord.ON_TARGET: "back_on",
}
"""How measures are counted that had another of these statuses in the last report."""


_NOTHING = {
    (True, True): "nothing",
    (True, False): "nothing_off_target",
    (False, True): "nothing_worse",
    (False, False): "nothing_judged",
}
"""What is said where nothing stands out, by whether a measure has a status and whether judgements are printed."""


class _Rank(NamedTuple):
    """Measures of a status and a verdict, None for any."""

    status: StatusWord | None
    verdict: Verdict | None = None

    @property
    def word(self) -> _Word | None:
        """The word by which those are counted that are not listed."""
        return self.status if self.status in MISSED else self.verdict


_MORE: Mapping[_Word, str] = {
    StatusWord.OFF_TARGET: "more_off_target",
    StatusWord.CLOSE: "more_close",
    Verdict.WORSE: "more_worse",
    Verdict.BETTER: "more_better",
}
"""How measures are counted that stand out by one of these words but are not listed."""

_ORDER = (
    _Rank(StatusWord.OFF_TARGET, Verdict.WORSE),
    _Rank(StatusWord.OFF_TARGET),
    _Rank(StatusWord.CLOSE, Verdict.WORSE),
    _Rank(StatusWord.NO_TARGET, Verdict.WORSE),
    _Rank(None, Verdict.WORSE),
    _Rank(StatusWord.CLOSE),
    _Rank(None, Verdict.BETTER),
)
"""What stands out, in the order in which it is listed; a measure is of the first rank that it fits."""


def at_a_glance(
    workbook: Workbook, folder: ReportFolder, figures: Figures, tables: Mapping[str, int], limit: object
) -> tuple[Block, ...]:
    """The counts of all measures, a line for each of at most `limit` that stand out, and what was left out.

    `tables` are the numbers of the tables that lines link to, by the indicators that they show. Raises TemplateMistake
    where there is no measure.
    """
    if not is_whole(limit, 1, _MOST_LINES):
        raise TemplateMistake(f"{in_words(limit)} is not a number of lines from 1 to {_MOST_LINES}")
    measures = _measures(folder, figures)
    if not measures:
        raise TemplateMistake("at_a_glance() has nothing to say: no section of the report has an indicator")
    return tuple(_Page(workbook, folder, tables).blocks(measures, limit))


def _measures(folder: ReportFolder, figures: Figures) -> list[Timeline]:
    """The indicators that the report's tables show, each once, in the order of its sections."""
    plans = (plan for plans in figures.tables.values() for plan in plans)
    shown = {timeline.indicator.id for plan in plans for timeline in plan.timelines}
    listed = dict.fromkeys(name for section in folder.sections for name in section.indicators)
    return [figures.timelines[name] for name in listed if name in shown]


class _Counted(NamedTuple):
    """A sentence that counts measures, and its counts."""

    text: str = ""
    shown: tuple[ShownFigure, ...] = ()


class _Page:
    """Writes the page of one report."""

    def __init__(self, workbook: Workbook, folder: ReportFolder, tables: Mapping[str, int]) -> None:
        self._workbook = workbook
        self._folder = folder
        self._says = folder.sentence
        self._tables = tables

    def blocks(self, measures: Sequence[Timeline], limit: int) -> Iterator[Block]:
        counted, since = self._counts(measures), self._since(measures)
        text = merged((Span(counted.text, bold=True), Span(since.text and f" {since.text}")))
        yield Paragraph(text, shown=(*counted.shown, *since.shown))
        listed = self._listed(measures)
        for timeline in listed[:limit]:
            yield self._line(timeline)
        has_status = any(timeline.status.word in _CHANGED for timeline in measures)
        if all(self._rank(timeline) is None for timeline in measures):
            yield Paragraph((Span(self._says(_NOTHING[has_status, self._folder.judgement.on])),))
        yield from self._rest(listed[limit:])
        if has_status:
            yield Note((Span(self._symbols()),))

    def _counts(self, measures: Sequence[Timeline]) -> _Counted:
        """How many measures there are, and how many of them have each status; without a figure none is judged."""
        found = Counter[_Word](_counted_as(timeline) for timeline in measures)
        counts = [self._count(_COUNTED, word, found[word], "counted_renamed") for word in _COUNTED if found[word]]
        text = self._says("measures", count=len(measures), counts=", ".join(each.text for each in counts))
        return _Counted(text, (ShownFigure(text, plain_basis(Fraction(len(measures)), "measures")), *counts))

    def _count(self, keys: Mapping[_Word, str], word: _Word, number: int, renamed: str) -> ShownFigure:
        """So many of a word: by its new name where the report has renamed it, unless the sentence is its own, too."""
        key, folder = keys[word], self._folder
        is_renamed = word.value in folder.words and word is not StatusWord.NO_DATA  # that counts figures, not statuses
        if is_renamed and key not in folder.sentences:
            text = self._says(renamed, count=number, word=folder.printed(word.value))
        else:
            text = self._says(key, count=number)
        return ShownFigure(text, plain_basis(Fraction(number), f"measures, {key.replace('_', ' ')}"))

    def _since(self, measures: Sequence[Timeline]) -> _Counted:
        """How statuses have changed since the last report; empty where none is known or there are no statuses."""
        last = self._workbook.about.last_report
        pairs = [(timeline.status.word, _word_then(timeline, last)) for timeline in measures] if last else []
        if last is None or not any(word in _CHANGED for pair in pairs for word in pair):
            return _Counted()
        compared = [(now, then) for now, then in pairs if now in _CHANGED and then in _CHANGED]
        found = Counter[_Word](now for now, then in compared if now is not then)
        shown = [self._count(_CHANGED, word, found[word], "newly_renamed") for word in _CHANGED if found[word]]
        changes = [each.text for each in shown]
        if compared and not changes:
            changes.append(self._says("unchanged"))
        if alone := sum((now in _CHANGED) != (then in _CHANGED) for now, then in pairs):
            changes.append(self._says("not_compared", count=alone))
            shown.append(ShownFigure(changes[-1], plain_basis(Fraction(alone), "measures, not compared")))
        return _Counted(self._says("since", report=self._report_of(last), changes=", ".join(changes)), tuple(shown))

    def _report_of(self, last: Period) -> str:
        """`the June report`, `the June 2022 report` where the year is not clear."""
        name = last.long if last.kind is Kind.MONTH else last.label
        if last.kind is Kind.MONTH and last > self._workbook.period.year_earlier():
            name = MONTHS[last.end.month - 1]
        return self._says("last_report", period=name)

    def _listed(self, measures: Sequence[Timeline]) -> list[Timeline]:
        """The measures that stand out, in order: those that report.toml puts first, then by rank.

        Within a rank come first those that are most children short of their target, then the farthest from it.
        """
        first = self._folder.first_measures
        ranked = [timeline for timeline in measures if self._rank(timeline) is not None]
        ranked.sort(key=self._place)
        by_id = {timeline.indicator.id: timeline for timeline in measures}
        pinned = [by_id[name] for name in first if name in by_id]
        return [*pinned, *(timeline for timeline in ranked if timeline.indicator.id not in first)]

    def _place(self, timeline: Timeline) -> tuple[int, Fraction, Fraction]:
        return self._rank(timeline) or 0, -short_of_target(timeline, self._folder), -_distance(timeline)

    def _rank(self, timeline: Timeline) -> int | None:
        status, verdict = timeline.status.word, verdict_of(timeline, self._folder)
        fits = (rank.status in (None, status) and rank.verdict in (None, verdict) for rank in _ORDER)
        return next((at for at, is_fit in enumerate(fits) if is_fit), None)

    def _line(self, timeline: Timeline) -> Paragraph:
        indicator, newest, folder = timeline.indicator, timeline.newest.period, self._folder
        change, needed = change_clause(timeline, folder), needed_sentence(timeline, folder)
        figure = Clause(figure_sentence(timeline, folder), held_basis(timeline))
        line = self._says(
            "line" if newest == self._workbook.period else "line_of_period",
            symbol=SYMBOLS.get(timeline.status.word, EMPTY),
            title=mark(0),
            figure=figure.text,
            change=change.text,
            judgement=judgement_clause(timeline, folder, bool(change.text)),
            needed=needed.text,
            reference=indicator.reference,
            status=folder.printed(timeline.status.word.value),
            period=newest,
        )
        number = self._tables.get(indicator.id)
        text = _linked(line, [Span(indicator.title, link=link_to(number) if number else "")])
        said = (ShownFigure(each.text.strip(" ,;"), each.basis) for each in (figure, change, needed) if each.basis)
        return Paragraph(text, shown=tuple(said))

    def _rest(self, timelines: Sequence[Timeline]) -> Iterator[Paragraph]:
        """How many more there are of each kind, and in which tables."""
        found: dict[_Word, list[Timeline]] = {}
        for timeline in timelines:
            rank = self._rank(timeline)
            if word := None if rank is None else _ORDER[rank].word:
                found.setdefault(word, []).append(timeline)
        links: list[Span] = []
        counts = [self._count(_MORE, word, len(several), "more_renamed") for word, several in found.items()]
        both = zip(counts, found.values(), strict=True)
        sentences = [self._rest_of(count.text, several, links) for count, several in both]
        if sentences:
            yield Paragraph(_linked(" ".join(sentences), links), shown=tuple(counts))

    def _rest_of(self, rest: str, timelines: Sequence[Timeline], links: list[Span]) -> str:
        """`4 more off target: Table 3.` The links to tables are added to those that the text has."""
        ids = (timeline.indicator.id for timeline in timelines)
        numbers = sorted({self._tables[name] for name in ids if name in self._tables})
        if not numbers:
            return self._says("rest", rest=rest)
        marks = [mark(at) for at in range(len(links), len(links) + len(numbers))]
        if len(numbers) == 1:
            names, tables = [self._says("table", number=numbers[0])], marks[0]
        else:
            names, tables = [str(number) for number in numbers], self._says("tables", numbers=in_series(marks, "and"))
        links += [Span(name, link=link_to(number)) for name, number in zip(names, numbers, strict=True)]
        return self._says("rest_in_tables", rest=rest, tables=tables)

    def _symbols(self) -> str:
        on, close, off = (
            f"{SYMBOLS[word]} {self._folder.printed(word.value)}"
            for word in (StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET)
        )
        return self._says("symbols", on=on, close=close, off=off)


def _counted_as(timeline: Timeline) -> StatusWord:
    word = timeline.status.word
    return word if word in _CHANGED or value_of(timeline) is not None else StatusWord.NO_DATA


def _word_then(timeline: Timeline, last: Period) -> StatusWord:
    """The status, in this workbook, of the figure that was the newest in the last report."""
    ended = newest_ended(timeline.now.kind, last.end, timeline.now.terms)
    since = timeline.due.ordinal + timeline.indicator.lag - ended.ordinal
    return timeline.statuses.get(timeline.newest.period.shift(-since), TargetStatus()).word


def _distance(timeline: Timeline) -> Fraction:
    """How far a figure is from the target that it misses, else from what it is judged against, as a part of that."""
    value, judgement = timeline.newest.value, timeline.judgement
    against = timeline.status.missed
    if against is not None:
        value = value_of(timeline)
    elif judgement.is_charted and timeline.variation:
        against = timeline.variation.mean
    elif judgement.since:
        against = timeline.at(judgement.since).value
    return Fraction(0) if value is None or against is None else abs(value - against) / (abs(against) or 1)


def _linked(sentence: str, links: Sequence[Span]) -> Text:
    """A sentence with links in the places of their marks."""
    parts = enumerate(MARK.split(sentence))
    return tuple(links[int(part)] if at % 2 else Span(part) for at, part in parts if part)
