"""Rules about single sentences: their numbers, their periods, their words of direction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from cpreport.checks.narrative.quoted.facts import Known
from cpreport.checks.narrative.quoted.reading import Outcome, Told, Verdict
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.model.finding import Finding, Place, Quote, Rule
from cpreport.model.rules import quoted as rules
from cpreport.model.tags import in_tag
from cpreport.model.workbook import ACCEPTED

_DISAGREEING = {Outcome.WRONG: rules.NUMBER_DISAGREES, Outcome.OTHER_PERIOD: rules.PERIOD_DISAGREES}


def numbers(told: Told) -> Iterator[Finding]:
    for sentence, verdict in told.verdicts():
        if verdict.known and verdict.outcome in _DISAGREEING:
            held = f"{name(verdict.known)}, {verdict.held}"
            said = {"number": _typed(sentence, verdict), "sentence": sentence.quoted, "why": verdict.why, "held": held}
            yield acceptable(_DISAGREEING[verdict.outcome], place_of(sentence, verdict.known), said, told)


def unchecked(told: Told) -> Iterator[Finding]:
    for sentence, verdict in told.verdicts():
        if verdict.outcome is Outcome.UNCHECKED:
            said = {"number": verdict.number.text.strip(), "sentence": sentence.quoted}
            yield rules.NUMBER_UNCHECKED.at(sentence.place, **said)


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
            yield acceptable(rules.DIRECTION_DISAGREES, place_of(sentence, turn.known), said, told)


def _typed(sentence: Sentence, verdict: Verdict) -> str:
    """A number, or the tag that prints it, as it is typed."""
    number = verdict.number
    return sentence.tags[number.tag].source if number.value is None else number.text.strip()


def tag_for(verdict: Verdict) -> str:
    """The tag that prints a typed number just as it is typed, or nothing."""
    fact, known = verdict.fact, verdict.known
    if fact is None or known is None or not verdict.is_sure or fact.printed != verdict.number.text or not fact.jinja:
        return ""
    return f"{{{{ indicator({in_tag(known.history.indicator.id)}){fact.jinja} }}}}"


def name(known: Known) -> str:
    """How a finding names an indicator."""
    return known.history.indicator.reference or known.history.indicator.title


def place_of(sentence: Sentence, known: Known) -> Place:
    return replace(sentence.place, indicator=known.history.indicator.id)


def acceptable(rule: Rule, place: Place, said: Mapping[str, str], told: Told) -> Finding:
    """A finding that a person can accept, with the row that does: `said` has its `sentence` and the figure `held`."""
    quote = Quote(said["sentence"], said["held"])
    cells = ('"{}"'.format(text.replace('"', '""')) for text in (quote.sentence, quote.held))
    row = ",".join((*cells, "your name", "the reason"))
    file = f"{told.month.workbook.narrative_folder}/{ACCEPTED}"
    return replace(rule.at(place, **said, accepted=file, row=row), quote=quote)


RULES = (numbers, directions, computable, unchecked)
