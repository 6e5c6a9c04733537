"""Each number of a sentence held against the figures of its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted.claims import is_plain
from cpreport.checks.narrative.quoted.facts import OF_ONE_FIGURE, Fact, Kind, Known
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.objections import objection, of_another_period
from cpreport.checks.narrative.quoted.question import Question, resolved
from cpreport.checks.narrative.quoted.reading import Outcome, Reading, Verdict
from cpreport.checks.narrative.quoted.segments import Clauses, is_change
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.subjects import DECISIVE, STRONG, vocabulary
from cpreport.checks.narrative.quoted.tags import period_of
from cpreport.checks.narrative.quoted.words import telling
from cpreport.model.finding import Place
from cpreport.model.timeline import Timeline

MOST_READ, MOST_IN_SENTENCE = 3_000, 40
"""How many numbers of a report, and of a sentence, are held against figures."""

_AROUND, _BEFORE, _REFERRED, _WHOLE, _NEAR = 0.35, 0.4, 0.9, 1.0, 0.7
_OF = re.compile(r"\bof (?:(?:the|our|all|its|these|those) )*\Z", re.IGNORECASE)
_AS_GOOD = 0.95
_PRONOUN = re.compile(r"\b(?:it|they|this|that|these|those)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a sentence may be about. `rank` is from 0; `is_strong`: the words leave no doubt.

    `near_by` is the weight of those in the number's own clause.
    """

    known: Known
    rank: float
    is_strong: bool
    near_by: float = 0

    @property
    def is_near_by(self) -> bool:
        """Whether the words of the number's own clause alone leave no doubt."""
        return self.near_by >= STRONG

    def is_near(self, first: Candidate) -> bool:
        """Whether the words speak for it nearly as much as for the likeliest one."""
        return self.rank > 0 and self.rank >= _NEAR * first.rank


class Reader:
    """Reads the sentences of one month's narratives in order."""

    def __init__(self, month: Examined) -> None:
        self.month = month
        self._left = MOST_READ
        self._spoken_of: dict[tuple[Place, int], Known] = {}
        folder = month.folder
        self.vocabulary = vocabulary(folder.indicators.values(), folder.glossary)
        self._known = {name: Known(timeline, month) for name, timeline in month.figures.timelines.items()}

    def read(self, sentence: Sentence) -> Reading:
        """What comes of a sentence's numbers; of those above a number that no report has, nothing."""
        clauses = Clauses(sentence.text, self.month.folder.comparators, self.month.folder.terms)
        self._left -= len(clauses.numbers)
        if self._left < 0 or len(clauses.numbers) > MOST_IN_SENTENCE:
            return Reading(sentence, clauses, tuple(Verdict(n, Outcome.UNCHECKED) for n in clauses.numbers))
        verdicts = self._verdicts(sentence, clauses)
        if known := next((verdict.known for verdict in verdicts if verdict.known), None):
            self._spoken_of[sentence.place, sentence.first] = known
        return Reading(sentence, clauses, tuple(verdicts))

    def known(self, timeline: Timeline) -> Known:
        return self._known[timeline.indicator.id]

    def candidates(self, sentence: Sentence, clauses: Clauses, at: int) -> list[Candidate]:
        """The section's indicators that the words around a place speak for, the likeliest first.

        Where no word does, it is the one that the sentences before spoke of.
        """
        segment = clauses.words_at(at)
        known = (self._known[name] for name in sentence.section.indicators)
        found = [self._candidate(each, segment, clauses.clause_at(at), sentence) for each in known]
        found.sort(key=lambda candidate: -candidate.rank)
        spoken_of = self._spoken_of.get((sentence.place, sentence.first)) if sentence.said else None
        is_told = any(self.vocabulary.weight(each.known.timeline.indicator, sentence.text) for each in found)
        return [Candidate(spoken_of, DECISIVE, True), *found] if spoken_of and not is_told else found

    def _candidate(self, known: Known, segment: str, clause: str, sentence: Sentence) -> Candidate:
        """Each word counts once, where it counts most; what was said before counts more where `it` refers to it."""
        indicator, words = known.timeline.indicator, self.vocabulary
        own, whole = words.weight(indicator, segment), words.weight(indicator, sentence.text)
        around = f"{sentence.heading} {sentence.said}"
        refers = bool(_PRONOUN.search(sentence.text)) or not telling(sentence.text)
        said = (_REFERRED if refers else _BEFORE) * max(0, words.weight(indicator, f"{sentence.text} {around}") - whole)
        is_whole = words.is_whole_title(indicator, f"{sentence.said} {sentence.text}" if refers else sentence.text)
        rank = own + _AROUND * (whole - own) + said + (_WHOLE if is_whole else 0)
        is_told = whole + said >= STRONG and words.is_told(indicator, f"{sentence.text} {around}")
        return Candidate(known, rank, is_told or is_whole, words.weight(indicator, clause))

    def _verdicts(self, sentence: Sentence, clauses: Clauses) -> list[Verdict]:
        if sentence.text.startswith("|"):
            return []
        first = [
            verdict
            for group in _groups(clauses.numbers, sentence.text)
            for verdict in self._group(sentence, clauses, group)
        ]
        right = [verdict for verdict in first if verdict.outcome in (Outcome.CONFIRMED, Outcome.COMPUTED)]
        spoken_of = {id(verdict.known): verdict.known for verdict in right or first if verdict.known}
        if len(spoken_of) != 1:
            return first
        return [self._again(sentence, clauses, verdict, *spoken_of.values()) for verdict in first]

    def _again(self, sentence: Sentence, clauses: Clauses, verdict: Verdict, known: Known) -> Verdict:
        """The verdict on a number of a sentence whose right ones are all of one indicator."""
        if verdict.outcome in (Outcome.CONFIRMED, Outcome.COMPUTED) or verdict.known is known:
            return verdict
        candidates = self.candidates(sentence, clauses, verdict.number.start)
        is_about_it = not candidates[0].rank or any(
            candidate.known is known and candidate.is_near(candidates[0]) for candidate in candidates
        )
        if not is_about_it:
            return verdict
        question = Question(sentence, clauses, verdict.number, self.vocabulary)
        fact = question.confirming(known)
        if fact:
            return _confirmed(question, Candidate(known, 0, False), fact, is_alone=False)
        return objection(question, known, is_paired=False) if verdict.known is None else verdict

    def _group(self, sentence: Sentence, clauses: Clauses, group: Sequence[Number]) -> Iterator[Verdict]:
        """The verdicts of numbers that say one figure together."""
        typed = [number for number in group if number.value is not None]
        paired = self._paired(sentence, clauses, typed) if len(typed) > 1 else {}
        tellers = (verdict for verdict in paired.values() if _tells(verdict, group, sentence.text))
        partner = next((verdict.known for verdict in tellers), None)
        for number in group:
            yield paired.get(number) or self._verdict(sentence, clauses, number, partner)

    def _verdict(self, sentence: Sentence, clauses: Clauses, number: Number, partner: Known | None) -> Verdict:
        if number.value is None:
            return self._computed(sentence, clauses, number)
        question = Question(sentence, clauses, number, self.vocabulary)
        candidates = self.candidates(sentence, clauses, number.start)
        if partner is not None:
            others = [candidate for candidate in candidates if candidate.known is not partner]
            candidates = [Candidate(partner, DECISIVE, True, DECISIVE), *others]
        for candidate in candidates:
            fact = question.confirming(candidate.known)
            is_benchmark = fact is not None and fact.kind is Kind.BENCHMARK and candidate.is_strong
            is_likely = is_benchmark or candidate.is_near(candidates[0])
            if fact and (is_likely or (question.is_distinctive and not candidates[0].is_near_by)):
                is_alone = is_likely and _is_alone(candidate, candidates, [question])
                return _confirmed(question, candidate, fact, is_alone)
        strong = [each for each in candidates if each.is_strong and each.rank >= _AS_GOOD * candidates[0].rank]
        found = (objection(question, each.known, is_paired=each.known is partner) for each in strong)
        return next((verdict for verdict in found if verdict.known), Verdict(number, Outcome.UNCHECKED))

    def _computed(self, sentence: Sentence, clauses: Clauses, number: Number) -> Verdict:
        """A tag's number is right; but it may be of another period than its segment names."""
        tag = sentence.tags[number.tag]
        if tag.timeline is None:
            return Verdict(number, Outcome.COMPUTED)
        known = self.known(tag.timeline)
        when = period_of(tag.timeline, tag.steps, self.month.folder.terms)
        named = resolved(clauses.periods_of(number.start)[0], tag.timeline)
        if when and named and when not in named and not is_change(number, sentence.text):
            why = f"the tag prints the figure of {when.label}, not of {named[-1].label}"
            return Verdict(number, Outcome.OTHER_PERIOD, known, None, known.figure_text(when), why)
        return Verdict(number, Outcome.COMPUTED, known)

    def _paired(self, sentence: Sentence, clauses: Clauses, numbers: Sequence[Number]) -> dict[Number, Verdict]:
        """The verdicts of numbers that say one figure together; of those that fit, where not all do.

        Where all fit one figure of another period, that is what is wrong with them.
        """
        questions = {number: Question(sentence, clauses, number, self.vocabulary) for number in numbers}
        candidates = self.candidates(sentence, clauses, numbers[0].start)
        best: dict[Number, Verdict] = {}
        for candidate in candidates:
            facts = {number: question.confirming(candidate.known) for number, question in questions.items()}
            is_alone = _is_alone(candidate, candidates, list(questions.values()))
            fits = {n: _confirmed(questions[n], candidate, fact, is_alone) for n, fact in facts.items() if fact}
            best = max(best, fits, key=lambda fits: _fitness(fits, sentence.text))
        if len(best) < len(numbers):
            for candidate in candidates:
                if candidate.rank > 0 and (late := _of_another_period(candidate.known, questions)):
                    return late
            return {n: verdict for n, verdict in best.items() if questions[n].is_telling}
        return best


def _is_as_near(other: Candidate, candidate: Candidate) -> bool:
    """Whether the words may as well speak for another indicator: those near by, or else those of the whole sentence."""
    if other.near_by != candidate.near_by:
        return other.near_by > candidate.near_by
    return other.rank >= _NEAR * candidate.rank


def _is_alone(candidate: Candidate, candidates: Sequence[Candidate], questions: Sequence[Question]) -> bool:
    """Whether numbers are one thing each of an indicator that the words name, and of no other that they name too."""
    others = (other for other in candidates if other is not candidate and other.rank > 0)
    rivals = (other for other in others if all(question.confirming(other.known) for question in questions))
    is_named = candidate.is_strong and not any(_is_as_near(other, candidate) for other in rivals)
    return is_named and all(question.is_one_thing(candidate.known) for question in questions)


def _fitness(fits: Mapping[Number, Verdict], text: str) -> tuple[int, bool]:
    """How well numbers fit an indicator: how many do, and whether one behind `of` is the denominator of a figure."""
    behind_of = (verdict for number, verdict in fits.items() if _OF.search(text, 0, number.start))
    return len(fits), any(verdict.kind is Kind.DENOMINATOR for verdict in behind_of)


def _confirmed(question: Question, of: Candidate, fact: Fact, is_alone: bool) -> Verdict:
    said = Verdict(question.number, Outcome.CONFIRMED, of.known, fact, kind=fact.kind, period=fact.period)
    is_sure = is_alone and is_plain(question, of.known, fact.kind)
    return replace(said, is_named=of.is_strong, is_sure=is_sure)


def _of_another_period(known: Known, questions: Mapping[Number, Question]) -> dict[Number, Verdict]:
    """The verdicts of numbers that are all right for one figure of a period that is not meant."""
    said = [{fact.period for fact in known.said_by(n) if fact.kind in OF_ONE_FIGURE} for n in questions]
    periods = sorted(period for period in set.intersection(*said) if period)
    if not periods:
        return {}
    return {n: of_another_period(question, known, periods[-1]) for n, question in questions.items()}


def _tells(verdict: Verdict, group: Sequence[Number], text: str) -> bool:
    """Whether a number that fits an indicator says that those beside it are its too.

    It does not where the words do not say so and chance may have made it fit, nor where it is what is counted and the
    one before it is some of them: `27 of the 469`.
    """
    number, place = verdict.number, group.index(verdict.number)
    is_by_chance = not (verdict.is_named or number.decimals or number.unit is not Unit.PLAIN)
    is_count = verdict.kind is Kind.COUNT and place > 0 and bool(_OF.search(text, 0, number.start))
    return not is_by_chance and not is_count


_LINKS = re.compile(
    r"(?:[^,;.()]|(?<=\d),(?=\d)){0,60}\(|/|,? or "
    r"|\s*(?:out )?of (?:(?:the|our|all|its|these|those|a total of|every) )*"
)


def _groups(numbers: Sequence[Number], text: str) -> list[list[Number]]:
    """Numbers that say one figure together: `64.2 (629 children)`, `145 of 149 (97.3%)`, `83/617`."""
    groups: list[list[Number]] = []
    for number in numbers:
        between = text[groups[-1][-1].end : number.start] if groups else ""
        if groups and _LINKS.fullmatch(between):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups
