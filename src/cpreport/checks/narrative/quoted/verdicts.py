"""Each number of a sentence held against the figures of its section."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted.courses import INTENT
from cpreport.checks.narrative.quoted.facts import FIGURES, Fact, Kind, Known
from cpreport.checks.narrative.quoted.named import Named
from cpreport.checks.narrative.quoted.no_figures import any_of
from cpreport.checks.narrative.quoted.numbers import Number, Unit
from cpreport.checks.narrative.quoted.reading import Outcome, Reading, Verdict
from cpreport.checks.narrative.quoted.segments import Clauses, is_change
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.subjects import DECISIVE, Vocabulary, vocabulary
from cpreport.checks.narrative.quoted.tags import period_of
from cpreport.checks.narrative.quoted.words import PERSONS, telling, words_of
from cpreport.model.finding import Place
from cpreport.model.history import History
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.period import Period

STRONG = 2.4
"""The weight from where on a sentence's words leave no doubt which indicator it is about."""

MOST_READ, MOST_IN_SENTENCE = 3_000, 40
"""How many numbers of a report, and of a sentence, are held against figures."""

_AROUND, _BEFORE, _REFERRED, _WHOLE = 0.35, 0.4, 0.9, 1.0
_LARGE, _HARDLY_CHANCE = 13, 100
_PRONOUN = re.compile(r"\b(?:it|they|this|that|these|those)\b", re.IGNORECASE)
_PREDICATE = re.compile(
    r"\b(?:to|at|was|were|is|are|totalled|numbered|reached|averaged|(?:peak|high|low|average|total|figure) of)\s+\Z",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"(?:,|\b(?:against|with|to|from|than|and|but))\s+\Z", re.IGNORECASE)
_ALONE = re.compile(
    r"\s*(?:[.,;:)(]|\Z|(?:in|at|this|last|from|against|compared|and|but|by|on|per|for|a|since|with)\b)", re.IGNORECASE
)
_OTHERS = re.compile(
    r"n't\b|\b(?:not|no|none|nobody|without|remaining|rest|others?|late|later|overdue|missed|outside|never|instead|yet|still|lack"
    r"|lacks|lacked|otherwise|un\w+|elsewhere)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s+of (?:them|whom|which)\b", re.IGNORECASE)
_OF_SOME = re.compile(r"\s+of (?:the|our|these|those|all)\b", re.IGNORECASE)
_INTENT = re.compile(
    rf"\b{any_of(f'{INTENT}|(?:our|the|a) targets?|until we|forecast|predict|predicted|projected')}\b", re.IGNORECASE
)
_NOUN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that a sentence may be about. `rank` is from 0; `is_strong`: the words leave no doubt."""

    known: Known
    rank: float
    is_strong: bool

    def is_near(self, first: Candidate) -> bool:
        """Whether the words speak for it nearly as much as for the likeliest one."""
        return self.rank > 0 and self.rank >= first.rank / 2


class Reader:
    """Reads the sentences of one month's narratives in order."""

    def __init__(self, month: Examined) -> None:
        self.month = month
        self._left = MOST_READ
        self._spoken_of: dict[tuple[Place, int], Known] = {}
        folder = month.folder
        self.vocabulary = vocabulary(folder.indicators.values(), folder.glossary)
        self._known = {name: Known(history, month) for name, history in month.figures.histories.items()}

    def read(self, sentence: Sentence) -> Reading:
        """What comes of a sentence's numbers; of those above a number that no report has, nothing."""
        clauses = Clauses(sentence.text, self.month.folder.comparators, self.month.folder.terms)
        self._left -= len(clauses.numbers)
        if self._left < 0 or len(clauses.numbers) > MOST_IN_SENTENCE:
            return Reading(sentence, clauses, tuple(Verdict(n, Outcome.UNCHECKED) for n in clauses.numbers))
        verdicts = self._verdicts(sentence, clauses)
        if known := next((verdict.known for verdict in reversed(verdicts) if verdict.known), None):
            self._spoken_of[sentence.place, sentence.first] = known
        return Reading(sentence, clauses, tuple(verdicts))

    def known(self, history: History) -> Known:
        return self._known[history.indicator.id]

    def candidates(self, sentence: Sentence, clauses: Clauses, at: int) -> list[Candidate]:
        """The section's indicators that the words around a place speak for, the likeliest first.

        Where no word does, it is the one that the sentences before spoke of.
        """
        segment = clauses.segment(at).text
        known = (self._known[name] for name in sentence.section.indicators)
        found = [self._candidate(each, segment, sentence) for each in known]
        spoken_of = self._spoken_of.get((sentence.place, sentence.first)) if sentence.said else None
        if spoken_of and all(candidate.rank == 0 for candidate in found):
            found.append(Candidate(spoken_of, STRONG, True))
        return sorted(found, key=lambda candidate: -candidate.rank)

    def _candidate(self, known: Known, segment: str, sentence: Sentence) -> Candidate:
        """Each word counts once, where it counts most; what was said before counts more where `it` refers to it."""
        indicator, words = known.history.indicator, self.vocabulary
        own, whole = words.weight(indicator, segment), words.weight(indicator, sentence.text)
        around = f"{sentence.heading} {sentence.said}"
        refers = bool(_PRONOUN.search(sentence.text)) or not telling(sentence.text)
        said = (_REFERRED if refers else _BEFORE) * max(0, words.weight(indicator, f"{sentence.text} {around}") - whole)
        is_whole = words.is_whole_title(indicator, f"{sentence.said} {sentence.text}" if refers else sentence.text)
        rank = own + _AROUND * (whole - own) + said + (_WHOLE if is_whole else 0)
        return Candidate(known, rank, whole + said >= STRONG or is_whole)

    def _verdicts(self, sentence: Sentence, clauses: Clauses) -> list[Verdict]:
        if sentence.text.startswith("|"):
            return []
        first = [
            verdict
            for group in _groups(clauses.numbers, sentence.text)
            for verdict in self._group(sentence, clauses, group)
        ]
        spoken_of = {id(verdict.known): verdict.known for verdict in first if verdict.known}
        if len(spoken_of) != 1:
            return first
        return [self._again(sentence, clauses, verdict, *spoken_of.values()) for verdict in first]

    def _again(self, sentence: Sentence, clauses: Clauses, verdict: Verdict, known: Known) -> Verdict:
        """The verdict on a number of a sentence whose other numbers are all of one indicator."""
        candidates = self.candidates(sentence, clauses, verdict.number.start)
        is_about_it = any(candidate.known is known and candidate.is_near(candidates[0]) for candidate in candidates)
        if verdict.outcome is not Outcome.UNCHECKED or not is_about_it:
            return verdict
        return Question(sentence, clauses, verdict.number, self.vocabulary).against(known, is_paired=False)

    def _group(self, sentence: Sentence, clauses: Clauses, group: Sequence[Number]) -> Iterator[Verdict]:
        """The verdicts of numbers that say one figure together."""
        typed = [number for number in group if number.value is not None]
        paired = self._paired(sentence, clauses, typed) if len(typed) > 1 else {}
        partner = next((verdict.known for verdict in paired.values()), None)
        for number in group:
            yield paired.get(number) or self._verdict(sentence, clauses, number, partner)

    def _verdict(self, sentence: Sentence, clauses: Clauses, number: Number, partner: Known | None) -> Verdict:
        if number.value is None:
            return self._computed(sentence, clauses, number)
        question = Question(sentence, clauses, number, self.vocabulary)
        candidates = self.candidates(sentence, clauses, number.start)
        if partner is not None:
            others = [candidate for candidate in candidates if candidate.known is not partner]
            candidates = [Candidate(partner, DECISIVE, True), *others]
        for candidate in candidates:
            fact = question.confirming(candidate.known)
            if fact and (candidate.is_near(candidates[0]) or question.is_distinctive):
                return _confirmed(number, candidate.known, fact)
        if candidates and candidates[0].is_strong:
            return question.against(candidates[0].known, is_paired=partner is not None)
        return Verdict(number, Outcome.UNCHECKED)

    def _computed(self, sentence: Sentence, clauses: Clauses, number: Number) -> Verdict:
        """A tag's number is right; but it may be of another period than its segment names."""
        tag = sentence.tags[number.tag]
        if tag.history is None:
            return Verdict(number, Outcome.COMPUTED)
        known = self.known(tag.history)
        when = period_of(tag.history, tag.steps, self.month.figures, self.month.folder.terms)
        named = resolved(clauses.segment(number.start).periods, tag.history)
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
            fits = {n: _confirmed(n, candidate.known, fact) for n, fact in facts.items() if fact}
            best = max(best, fits, key=len)
        if len(best) < len(numbers):
            for candidate in candidates:
                if candidate.rank > 0 and (late := _of_another_period(candidate.known, questions)):
                    return late
            return {n: verdict for n, verdict in best.items() if questions[n].is_telling}
        return best


def _confirmed(number: Number, known: Known, fact: Fact) -> Verdict:
    return Verdict(number, Outcome.CONFIRMED, known, fact, kind=fact.kind, period=fact.period)


def _of_another_period(known: Known, questions: Mapping[Number, Question]) -> dict[Number, Verdict]:
    """The verdicts of numbers that are all right for one figure of a period that is not meant."""
    said = [{fact.period for fact in known.said_by(n) if fact.kind in FIGURES} for n in questions]
    periods = sorted(period for period in set.intersection(*said) if period)
    if not periods:
        return {}
    return {n: question.of_another_period(known, periods[-1]) for n, question in questions.items()}


_LINKS = re.compile(
    r"(?:[^,;.()]|(?<=\d),(?=\d)){0,60}\($|\s*(?:out )?of (?:the |our |all |its |these |those |a total of |every )*$|/$|,? or $"
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


class Question:
    """What one number of a sentence can be, and whether an indicator's figures bear it out."""

    def __init__(self, sentence: Sentence, clauses: Clauses, number: Number, words: Vocabulary) -> None:
        self._sentence = sentence
        self._clauses = clauses
        self._number = number
        self._words = words
        self._periods, self._is_earlier = clauses.periods_of(number.start)
        self._comparators = clauses.comparators_of(number.start)
        self._statistics = clauses.statistics_of(number.start)
        self._is_change = number.unit is Unit.POINTS or is_change(number, sentence.text)

    @property
    def is_distinctive(self) -> bool:
        """Whether the number is hardly any figure's by chance."""
        return self._number.decimals > 0 or (self._number.value or 0) >= _HARDLY_CHANCE

    @property
    def is_telling(self) -> bool:
        """Whether the number, where it fits, says which indicator another one beside it is of."""
        number = self._number
        return number.decimals > 0 or number.unit is not Unit.PLAIN or (number.value or 0) >= _LARGE

    def confirming(self, known: Known) -> Fact | None:
        """What of an indicator the number says rightly; the likeliest first."""
        return next((fact for fact in known.said_by(self._number) if self._is_meant(fact, known.history)), None)

    def _is_meant(self, fact: Fact, history: History) -> bool:
        match fact.kind:
            case Kind.BENCHMARK:
                return fact.name in (self._comparators or self._clauses.comparators)
            case Kind.GAP:
                return self._is_change and fact.name in (*self._clauses.comparators, *self._target)
            case Kind.TARGET | Kind.MEAN | Kind.PEAK | Kind.LOW | Kind.YEAR_TO_DATE:
                return self._is_of_statistic(fact, history)
            case Kind.REST if not _OTHERS.search(self._sentence.text):
                return False
            case Kind.CHANGE:
                return self._is_change and self._is_since(fact, history)
            case _:
                return not self._is_change and not self._is_other(fact) and self._is_then(fact, history)

    def _is_of_statistic(self, fact: Fact, history: History) -> bool:
        """Whether the sentence speaks of such a summary, and of its period if it names one."""
        if fact.kind not in self._clauses.all_statistics() or self._comparators:
            return False
        wanted = self.wanted(history) if self._periods else None
        return fact.period is None or wanted is None or fact.period in wanted

    @property
    def _target(self) -> tuple[str, ...]:
        return ("target",) if Kind.TARGET in self._clauses.all_statistics() else ()

    def _is_other(self, fact: Fact) -> bool:
        """Whether the segment speaks of a comparator, so that the number is none of our own figures."""
        return bool(self._comparators) and not self._clauses.segment(self._number.start).periods

    def _is_then(self, fact: Fact, history: History) -> bool:
        """Whether a fact is of a period that the number may be of."""
        if self._is_earlier:
            return fact.period is not None and fact.period < history.now
        wanted = self.wanted(history)
        return wanted is not None and fact.period in wanted

    def wanted(self, history: History) -> list[Period] | None:
        """The periods that the number may be of; None where they cannot be told for this indicator."""
        if not self._periods:
            return [history.now, history.newest.period]
        return resolved(self._periods, history) or None

    def _is_since(self, fact: Fact, history: History) -> bool:
        periods = [period for period in resolved(self._clauses.periods, history) if period != history.now]
        newest = history.newest.period
        if not periods:
            return fact.period == newest
        return fact.since in periods or fact.period in periods

    def against(self, known: Known, is_paired: bool) -> Verdict:
        """The verdict on a number that nothing bears out, of a sentence that is surely about this indicator."""
        unchecked = Verdict(self._number, Outcome.UNCHECKED)
        if self._number.is_about or not self._is_claim(known, is_paired) or self._is_intent:
            return unchecked
        if self._comparators:
            return self._against_benchmark(known) or unchecked
        if when := self._without_figure(known.history):
            why = f"there is no figure for {when.label}"
            return Verdict(self._number, Outcome.OTHER_PERIOD, known, None, known.figure_text(when), why)
        if self._is_change:
            return self._against_change(known) or unchecked
        if self._statistics:
            return self._against_statistic(known) or unchecked
        return self._against_figure(known) or unchecked

    def _without_figure(self, history: History) -> Period | None:
        """The period that is named for the number, if the data have no figure for it."""
        named = resolved(self._periods, history)
        return next((period for period in named if history.at(period).value is None), None)

    @property
    def _is_intent(self) -> bool:
        """Whether what the sentence says of the number is a wish or a plan."""
        return bool(_INTENT.search(self._sentence.text, 0, self._number.start))

    def _is_claim(self, known: Known, is_paired: bool) -> bool:
        """Whether the number can be nothing else than one of the indicator's."""
        indicator, number = known.history.indicator, self._number
        if number.unit is not Unit.PLAIN:
            return bool(indicator.suffix)
        if number.time:
            return number.time in indicator.unit.lower()
        if number.decimals:
            return not indicator.suffix and (indicator.measure is not Measure.NUMBER or indicator.decimals > 0)
        return is_paired or (
            self._has_counts(known) and (self._is_change or self._is_alone(indicator) or self._counts(indicator))
        )

    @staticmethod
    def _has_counts(known: Known) -> bool:
        """Whether the indicator has whole numbers that a sentence can quote."""
        is_plain = not known.history.indicator.suffix
        return any(fact.kind is Kind.COUNT or (fact.kind is Kind.VALUE and is_plain) for fact in known.facts)

    def _is_alone(self, indicator: Indicator) -> bool:
        """Whether the number needs no word for what is counted: `rose to 158`, `148 placements with us and 117 with`."""
        text, number = self._sentence.text, self._number
        if number.is_word or not _ALONE.match(text, number.end):
            return False
        if _PREDICATE.search(text, 0, number.start):
            return True
        has_period = bool(self._clauses.segment(number.start).periods)
        is_told = has_period or self._words.counts(indicator, text[: number.start])
        return is_told and bool(_BESIDE.search(text, 0, number.start))

    def _counts(self, indicator: Indicator) -> bool:
        """Whether the words behind a whole number are what the indicator counts."""
        text, number = self._sentence.text, self._number
        if _OF_SOME.match(text, number.end) or (number.is_word and number.value == 1):
            return False
        of_them = _OF_THEM.match(text, number.end)
        rest = re.split(r"[,;.()]", text[of_them.end() if of_them else number.end :], maxsplit=1)[0]
        nouns = words_of(rest)[:_NOUN]
        is_person = not of_them and bool(PERSONS & set(nouns[:3]))
        return is_person or self._words.counts(indicator, " ".join(nouns))

    def _against_benchmark(self, known: Known) -> Verdict | None:
        held = [fact for fact in known.facts if fact.kind is Kind.BENCHMARK and fact.name in self._comparators]
        return self._wrong(known, held[0], f"{held[0].name}: {held[0].printed}") if held else None

    def _against_statistic(self, known: Known) -> Verdict | None:
        held = [fact for fact in known.facts if fact.kind in self._statistics and fact.unit is self._number.unit]
        if not held:
            return None
        fact = held[-1] if not self._number.decimals and self._number.unit is Unit.PLAIN else held[0]
        when = f" in {fact.period.label}" if fact.period else ""
        return self._wrong(known, fact, f"{fact.kind.value} of the last 12 periods{when}: {fact.printed}")

    def _against_change(self, known: Known) -> Verdict | None:
        history = known.history
        changes = [
            fact
            for fact in known.facts
            if fact.kind is Kind.CHANGE and fact.unit is self._number.unit and self._is_since(fact, history)
        ]
        named = resolved(self._clauses.periods, history)
        since = next((period for period in named if period < history.newest.period), history.newest.period.shift(-1))
        held = next((fact for fact in changes if fact.since == since), None)
        if held is None or self._clauses.comparators:
            return None
        texts = f"{known.figure_text(since)}; {known.figure_text(history.newest.period)}"
        return self._wrong(known, held, texts)

    def _against_figure(self, known: Known) -> Verdict | None:
        """Against the figure of the period that is meant; one that is right for another period is another mistake."""
        history = known.history
        wanted = self.wanted(history)
        if wanted is None:
            return None
        said = [f for f in known.said_by(self._number) if f.kind in FIGURES and f.kind is not Kind.REST]
        other = said[0] if said else None
        when = wanted[-1] if not self._is_earlier else history.newest.period.shift(-1)
        if other and other.period and not self._is_earlier and history.at(when).value is not None:
            return self.of_another_period(known, other.period)
        held = known.figure_text(when)
        kind = self._kind(known)
        meant = next((f for f in known.facts if f.kind is kind and f.period == when), None)
        return self._wrong(known, meant, held) if meant and meant.unit is self._number.unit else None

    def of_another_period(self, known: Known, period: Period) -> Verdict:
        """The verdict on a number that is the figure of a period which is not meant."""
        meant = (self.wanted(known.history) or [known.history.newest.period])[-1]
        why = f"that is the figure of {period.label}, not of {meant.label}"
        kind = self._kind(known)
        return Verdict(self._number, Outcome.OTHER_PERIOD, known, None, known.figure_text(meant), why, kind, meant)

    def _kind(self, known: Known) -> Kind:
        """What a number is given out for, by its form: the value, or the count behind it."""
        is_whole = self._number.unit is Unit.PLAIN and not self._number.decimals
        return Kind.COUNT if is_whole and any(fact.kind is Kind.COUNT for fact in known.facts) else Kind.VALUE

    def _wrong(self, known: Known, fact: Fact, held: str) -> Verdict:
        is_cut = self._number.is_cut_off(fact.number)
        why = "it is cut off instead of rounded" if is_cut else "the table says otherwise"
        return Verdict(self._number, Outcome.WRONG, known, None, held, why, fact.kind, fact.period)


def resolved(named: Iterable[Named], history: History) -> list[Period]:
    """The periods of an indicator that names mean, each once."""
    return list(dict.fromkeys(period for period in (each.of(history) for each in named) if period))
