"""What is wrong with a number that no figure bears out: the figure it is held against, and why it does not fit."""

from __future__ import annotations

from cpreport.checks.narrative.quoted.claims import is_claim
from cpreport.checks.narrative.quoted.facts import FIGURES, YEAR, Fact, Kind, Known
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.question import Question, resolved
from cpreport.checks.narrative.quoted.reading import Outcome, Verdict
from cpreport.model.period import Period
from cpreport.model.timeline import Timeline


def objection(question: Question, known: Known, is_paired: bool) -> Verdict:
    """The verdict on a number that nothing bears out, of a sentence that is surely about this indicator."""
    found = _objection(question, known, is_paired) if is_claim(question, known, is_paired) else None
    return found or Verdict(question.number, Outcome.UNCHECKED)


def _objection(question: Question, known: Known, is_paired: bool) -> Verdict | None:
    if question.comparators:
        return _against_benchmark(question, known)
    if question.number.bound and not question.is_change:
        return _against_bound(question, known)
    if when := _without_figure(question, known.timeline):
        why = f"there is no figure for {when.label}"
        return Verdict(question.number, Outcome.OTHER_PERIOD, known, None, known.figure_text(when), why)
    if question.is_change:
        return _against_change(question, known)
    if statistics := question.of_title(question.clauses.statistics_of(question.number.start), known.timeline):
        return _against_statistic(question, known, statistics)
    return _against_figure(question, known, is_paired)


def _against_bound(question: Question, known: Known) -> Verdict | None:
    """Against the figure that is said to be more, or less, than the number; one that is, is not wrong."""
    wanted, number = question.wanted(known.timeline), question.number
    kind = _kind(number, known)
    meant = [fact for fact in known.facts if wanted and fact.kind is kind and fact.period == wanted[-1]]
    if not meant or number.value is None or meant[0].unit is not number.unit:
        return None
    is_so = (meant[0].number - number.value) * number.bound > 0
    text = known.figure_text(meant[0].period or known.timeline.now)
    return None if is_so else _wrong(question, known, meant[0], text)


def _without_figure(question: Question, timeline: Timeline) -> Period | None:
    """The period that is named for the number, if the data have no figure for it."""
    named = resolved(question.periods, timeline)
    return next((period for period in named if timeline.at(period).value is None), None)


def _against_benchmark(question: Question, known: Known) -> Verdict | None:
    held = [fact for fact in known.facts if fact.kind is Kind.BENCHMARK and fact.name in question.comparators]
    return _wrong(question, known, held[0], f"{held[0].name}: {held[0].printed}") if held else None


def _against_statistic(question: Question, known: Known, statistics: frozenset[Kind]) -> Verdict | None:
    held = [fact for fact in known.facts if fact.kind in statistics and fact.unit is question.number.unit]
    if not held:
        return None
    if right := next((fact for fact in held if fact.period and question.number.is_rounded(fact.number)), None):
        why = f"that is of {right.period}"
        return Verdict(question.number, Outcome.OTHER_PERIOD, known, right, _statistic_text(right), why)
    fact = held[-1] if not question.number.decimals and question.number.unit is Unit.PLAIN else held[0]
    return _wrong(question, known, fact, _statistic_text(fact))


def _statistic_text(fact: Fact) -> str:
    if fact.kind in (Kind.TARGET, Kind.YEAR_TO_DATE):
        return f"{fact.kind.value}: {fact.printed}"
    when = f" in {fact.period.label}" if fact.period else ""
    return f"{fact.kind.value} of the last {YEAR} periods{when}: {fact.printed}"


def _against_change(question: Question, known: Known) -> Verdict | None:
    """Against the change since the period that is meant.

    Where none is named, a change that is right since another than the last period or that a year ago is left alone.
    """
    timeline = known.timeline
    newest = timeline.newest.period
    named = next((period for period in resolved(question.clauses.periods, timeline) if period < newest), None)
    said = any(fact.kind is Kind.CHANGE and fact.period == newest for fact in known.said_by(question.number))
    if question.clauses.comparators or (said and named is None):
        return None
    since = named or newest.shift(-1)
    changes = (fact for fact in known.facts if fact.kind is Kind.CHANGE and fact.unit is question.number.unit)
    held = next((fact for fact in changes if fact.since == since and question.is_since(fact, timeline)), None)
    if held is None:
        return None
    texts = f"{known.figure_text(since)}; {known.figure_text(newest)}"
    return _wrong(question, known, held, texts)


def _against_figure(question: Question, known: Known, is_paired: bool) -> Verdict | None:
    """Against the figure of the period that is meant; one that is right for another period is another mistake."""
    timeline = known.timeline
    wanted = question.wanted(timeline)
    if wanted is None:
        return None
    said = [f for f in known.said_by(question.number) if f.kind in FIGURES and f.kind is not Kind.REST]
    other = next((fact for fact in said if fact.period not in wanted), None)
    rests = (fact for fact in known.said_by(question.number) if fact.kind is Kind.REST)
    if not is_paired and question.number.unit is Unit.PLAIN and any(fact.period in wanted for fact in rests):
        return None
    when = wanted[-1] if not question.is_earlier else timeline.newest.period.shift(-1)
    if other and other.period and not question.is_earlier and timeline.at(when).value is not None:
        return of_another_period(question, known, other.period)
    held = known.figure_text(when)
    kind = _kind(question.number, known)
    meant = next((f for f in known.facts if f.kind is kind and f.period == when), None)
    return _wrong(question, known, meant, held) if meant and meant.unit is question.number.unit else None


def of_another_period(question: Question, known: Known, period: Period) -> Verdict:
    """The verdict on a number that is the figure of a period which is not meant."""
    meant = (question.wanted(known.timeline) or [known.timeline.newest.period])[-1]
    why = f"that is the figure of {period.label}, not of {meant.label}"
    kind = _kind(question.number, known)
    return Verdict(question.number, Outcome.OTHER_PERIOD, known, None, known.figure_text(meant), why, kind, meant)


def _kind(number: Number, known: Known) -> Kind:
    """What a number is given out for, by its form: the value, or the count behind it."""
    is_whole = number.unit is Unit.PLAIN and not number.decimals
    return Kind.COUNT if is_whole and any(fact.kind is Kind.COUNT for fact in known.facts) else Kind.VALUE


def _wrong(question: Question, known: Known, fact: Fact, held: str) -> Verdict:
    why = "the table says otherwise"
    if question.number.is_cut_off(fact.number):
        why = "it is cut off instead of rounded"
    elif question.is_denied(known.timeline) and question.number.is_rounded(fact.number):
        why = "that is the figure of those of whom it is so"
    return Verdict(question.number, Outcome.WRONG, known, None, held, why, fact.kind, fact.period)
