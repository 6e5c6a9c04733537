"""Rules about single sentences: their numbers, their periods, their words of direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from cpreport.checks.narrative.quoted.facts import Known
from cpreport.checks.narrative.quoted.reading import Outcome, Told, Verdict
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.model.figure import State
from cpreport.model.finding import Finding, Place, Quote, Rule
from cpreport.model.rules import quoted as rules
from cpreport.model.tags import in_tag
from cpreport.model.workbook import BETWEEN_FIGURES

_DISAGREEING = {Outcome.WRONG: rules.NUMBER_DISAGREES, Outcome.OTHER_PERIOD: rules.PERIOD_DISAGREES}


def numbers(told: Told) -> Iterator[Finding]:
    for sentence, verdict in told.verdicts():
        if verdict.known and verdict.outcome in _DISAGREEING and not _is_withheld(told, verdict):
            held = f"{name(verdict.known)}, {verdict.held}"
            said = {"number": _typed(sentence, verdict), "sentence": sentence.quoted, "why": verdict.why, "held": held}
            yield acceptable(_DISAGREEING[verdict.outcome], place_of(sentence, verdict.known), said)


def unchecked(told: Told) -> Iterator[Finding]:
    for sentence, verdict in told.verdicts():
        if verdict.outcome is Outcome.UNCHECKED and not _is_withheld(told, verdict):
            said = {"number": verdict.number.text.strip(), "sentence": sentence.quoted}
            yield rules.NUMBER_UNCHECKED.at(sentence.place, **said)


def withheld(told: Told) -> Iterator[Finding]:
    """The numbers that are a confidential figure's and, as far as can be seen, no other's."""
    for sentence, verdict in told.verdicts():
        if _is_withheld(told, verdict):
            said = {"number": _typed(sentence, verdict), "sentence": sentence.quoted}
            yield rules.CONFIDENTIAL_TYPED.at(sentence.place, **said)


def _is_withheld(told: Told, verdict: Verdict) -> bool:
    """A small count may be anything's, unless the sentence is about a confidential figure."""
    is_free = verdict.outcome is Outcome.UNCHECKED or verdict.outcome in _DISAGREEING
    is_meant = verdict.number.is_telling or verdict.held.endswith(State.CONFIDENTIAL.value)
    return is_free and is_meant and verdict.number.value in told.month.withheld.numbers


def computable(told: Told) -> Iterator[Finding]:
    for sentence, verdict in told.verdicts():
        if verdict.known and (tag := tag_for(verdict)):
            said = {"number": verdict.number.text, "sentence": sentence.quoted, "tag": tag}
            yield rules.COULD_BE_COMPUTED.at(place_of(sentence, verdict.known), **said)


def directions(told: Told) -> Iterator[Finding]:
    for sentence, turn in told.turns():
        if not turn.is_right:
            held = f"{name(turn.known)}, {turn.compared.texts}"
            said = {"words": turn.words, "sentence": sentence.quoted, "held": held}
            yield acceptable(rules.DIRECTION_DISAGREES, place_of(sentence, turn.known), said)


def _typed(sentence: Sentence, verdict: Verdict) -> str:
    """A number, or the tag that prints it, as it is typed."""
    number = verdict.number
    return sentence.tags[number.tag].source if number.value is None else number.text.strip()


def tag_for(verdict: Verdict) -> str:
    """The tag that prints a typed number just as it is typed, or nothing."""
    fact, known = verdict.fact, verdict.known
    if fact is None or known is None or not verdict.is_sure or fact.printed != verdict.number.text or not fact.jinja:
        return ""
    return f"{{{{ indicator({in_tag(known.timeline.indicator.id)}){fact.jinja} }}}}"


def name(known: Known) -> str:
    """How a finding names an indicator."""
    return known.timeline.indicator.reference or known.timeline.indicator.title


def place_of(sentence: Sentence, known: Known) -> Place:
    return replace(sentence.place, indicator=known.timeline.indicator.id)


def acceptable(rule: Rule, place: Place, said: Mapping[str, str]) -> Finding:
    """A finding that a person can accept, with the row that does: `said` has its `sentence` and the figure `held`."""
    quote = Quote(said["sentence"], said["held"])
    return replace(rule.at(place, **said, row=_row(quote.sentence, [quote.held])), quote=quote)


def with_one_row(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, each of which gives the one row that accepts all that is found about its sentence."""
    findings = list(findings)
    held: dict[str, dict[str, None]] = {}
    for finding in findings:
        if finding.quote:
            held.setdefault(finding.quote.sentence, {})[finding.quote.held] = None
    for finding in findings:
        if quote := finding.quote:
            own, whole = _row(quote.sentence, [quote.held]), _row(quote.sentence, held[quote.sentence])
            yield replace(finding, hint=finding.hint.replace(own, whole))
        else:
            yield finding


def _row(sentence: str, held: Iterable[str]) -> str:
    """The row of accepted.csv that accepts a sentence beside these figures."""
    cells = ('"{}"'.format(text.replace('"', '""')) for text in (sentence, BETWEEN_FIGURES.join(held)))
    return ",".join((*cells, "your name", "the reason"))


RULES = (numbers, withheld, directions, computable, unchecked)
