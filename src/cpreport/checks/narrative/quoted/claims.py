"""Whether a number can be nothing else than a figure of the indicator that its sentence is about."""

from __future__ import annotations

import re

from cpreport.checks.narrative.quoted.courses import INTENT
from cpreport.checks.narrative.quoted.facts import Kind, Known
from cpreport.checks.narrative.quoted.no_figures import any_of
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.question import OTHERS, Question
from cpreport.checks.narrative.quoted.subjects import STRONG
from cpreport.checks.narrative.quoted.words import PERSONS, words_of
from cpreport.model.indicator import Indicator, Measure

_VERBS = any_of("to|at|was|were|is|are|totalled|numbered|reached|averaged|(?:peak|high|low|average|total|figure) of")
_PREDICATE = re.compile(rf"\b{_VERBS}\s+\Z", re.IGNORECASE)
_BESIDE = re.compile(r"(?:[,:]|\b(?:against|with|to|from|than|and|but))\s+\Z", re.IGNORECASE)
_NO_NOUN = any_of("in at this last from against compared and but by on per for a since with")
_ALONE = re.compile(rf"\s*(?:[.,;:)(]|\Z|{_NO_NOUN}\b)", re.IGNORECASE)
_OF_THEM = re.compile(r"\s+of (?:them|whom|which)\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\s+of (?:the|our|these|those|all)\b", re.IGNORECASE)
_WISHED = any_of(
    f"{INTENT}|(?:our|the|a) targets?|until we|forecast|predict|predicted|projected|thresholds?|limit|requirement"
)
_INTENT = re.compile(rf"\b{_WISHED}\b", re.IGNORECASE)
_ONE_CHILD = re.compile(r"\bone (?:child|young person|sibling group|boy|girl|baby|teenager)\b", re.IGNORECASE)
_WISHED_AFTER = re.compile(r"[^,;.:()]*\b(?:hoped|hope|planned|wanted|expected|target|aimed)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|no month|nowhere)\b[^,;.]*\Z", re.IGNORECASE)
_OF_SUCH = re.compile(r"\bof (?:the|these|those|our)\s+\Z", re.IGNORECASE)
_DID = any_of(
    "supported|helped|trained|audited|held|met|discussed|worked with|sampled|surveyed|interviewed|assisted|referred"
    "|recruited|welcomed|invited|include|includes|included|including|of which|of whom|sample of"
)
_ACTIVITY = re.compile(rf"\b{_DID}\s+\Z", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:.()]")
_NOUN, _FEW = 4, 12


def is_claim(question: Question, known: Known, is_paired: bool) -> bool:
    """Whether a number is given out for a figure of an indicator, exactly and as a fact.

    `is_paired`: another number of the same figure is the indicator's.
    """
    number, text = question.number, question.sentence.text
    if number.is_about or _is_wished(question):
        return False
    if _ACTIVITY.search(text, 0, number.start):
        return False
    if number.bound and _NOT.search(text, 0, number.start):
        return False
    indicator = known.timeline.indicator
    if number.unit is not Unit.PLAIN:
        return bool(indicator.suffix) and not _OF_THEM.match(text, number.end)
    if number.time:
        return number.time in indicator.unit.lower() and not _ONE_CHILD.search(text)
    if number.decimals:
        return _is_measured(indicator) and (bool(_ALONE.match(text, number.end)) or _is_in_unit(question, indicator))
    return is_paired or (_has_counts(known) and _is_count(question, indicator))


def is_plain(question: Question, known: Known, kind: Kind) -> bool:
    """Whether nothing said of a number may turn it into another: no wish, no `late` or `without`, no `lowest`."""
    clause = question.clauses.words_at(question.number.start)
    title = known.timeline.indicator.title.lower()
    turned = any(word[0].lower() not in title for word in OTHERS.finditer(clause))
    superlatives = question.clauses.all_statistics() & {Kind.PEAK, Kind.LOW}
    return not (turned or _is_wished(question) or _INTENT.search(clause) or superlatives - {kind})


def _is_wished(question: Question) -> bool:
    text, number = question.sentence.text, question.number
    return bool(_INTENT.search(text, 0, number.start) or _WISHED_AFTER.match(text, number.end))


def _is_measured(indicator: Indicator) -> bool:
    """Whether its values have decimals and no unit that is typed behind them."""
    return not indicator.suffix and (indicator.measure is not Measure.NUMBER or indicator.decimals > 0)


def _has_counts(known: Known) -> bool:
    """Whether an indicator has whole numbers that a sentence can quote."""
    is_plain = not known.timeline.indicator.suffix
    return any(fact.kind is Kind.COUNT or (fact.kind is Kind.VALUE and is_plain) for fact in known.facts)


def _is_in_unit(question: Question, indicator: Indicator) -> bool:
    """Whether the words behind a number are of an indicator's unit or of what it counts."""
    nouns = _nouns(question.sentence.text, question.number.end)
    return bool(set(nouns) & set(words_of(indicator.unit))) or question.words.counts(indicator, nouns)


def _is_count(question: Question, indicator: Indicator) -> bool:
    """Whether a whole number is a change, needs no word for what is counted, or has one."""
    return question.is_change or _is_alone(question, indicator) or _counts(question, indicator)


def _is_alone(question: Question, indicator: Indicator) -> bool:
    """Whether a number needs no word for what is counted: `rose to 158`, `148 placements with us and 117 with`."""
    text, number = question.sentence.text, question.number
    if number.is_word or not _ALONE.match(text, number.end):
        return False
    if _PREDICATE.search(text, 0, number.start):
        return True
    has_period = bool(question.clauses.segment(number.start).periods)
    is_told = has_period or question.words.counts(indicator, words_of(text[: number.start]))
    return is_told and bool(_BESIDE.search(text, 0, number.start))


def _counts(question: Question, indicator: Indicator) -> bool:
    """Whether the words behind a whole number are for what an indicator counts."""
    text, number = question.sentence.text, question.number
    is_one = number.is_word and number.value == 1
    if _OF_SOME.match(text, number.end) or _OF_SUCH.search(text, 0, number.start) or is_one:
        return False
    if (number.value or 0) <= _FEW and question.words.weight(indicator, _clause(text, number)) < STRONG:
        return False
    if of_them := _OF_THEM.match(text, number.end):
        return question.words.counts(indicator, set(_nouns(text, of_them.end())) - PERSONS)
    nouns = _nouns(text, number.end)
    is_person = _is_person(nouns) and _is_of_persons(question, number, indicator)
    return is_person or question.words.counts(indicator, nouns)


def _is_of_persons(question: Question, number: Number, indicator: Indicator) -> bool:
    """Whether children can be what is counted: it counts persons, or what is said of them leaves no doubt."""
    said = re.split(r"[;:]", question.sentence.text[number.end :], maxsplit=1)[0]
    return question.words.counts_persons(indicator) or question.words.weight(indicator, said) >= STRONG


def _is_person(nouns: list[str]) -> bool:
    """Whether what follows a number is children or young people, whatever is said of them."""
    first = [noun for noun in nouns[:3] if noun not in ("young", "more", "new", "other", "different", "looked", "care")]
    return bool(first) and first[0] in PERSONS


def _clause(text: str, number: Number) -> str:
    """What stands between the commas and brackets around a number."""
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, number.start)), default=0)
    end = _CLAUSE.search(text, number.end)
    return text[start : end.start() if end else len(text)]


def _nouns(text: str, start: int) -> list[str]:
    """The first words of what is said from a place on."""
    return words_of(re.split(r"[,;.()]", text[start:], maxsplit=1)[0])[:_NOUN]
