"""The judge of directions: where a sentence says that its subject went, stands or ranks, held against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.narrative.quoted import facts
from cpreport.checks.narrative.quoted.facts import figure_text
from cpreport.checks.narrative.quoted.reading import Case, Judgement, Reading
from cpreport.checks.narrative.quoted.words import Mark, count_of, words
from cpreport.model.finding import Rule
from cpreport.model.indicator import Polarity
from cpreport.model.number import rounded_units
from cpreport.model.period import Period
from cpreport.model.rules import quoted as rules

_LITTLE, _JUST, _FEW = Fraction(5, 100), Fraction(15, 100), 20
_FEWEST, _MOST, _NEAR = 2, 36, 14

_COURSES = {
    "better": {Polarity.HIGH: "up", Polarity.LOW: "down"},
    "worse": {Polarity.HIGH: "down", Polarity.LOW: "up"},
    "slip": {Polarity.HIGH: "down", Polarity.NONE: "down"},
}
"""Where a number goes that is said to get better, to get worse, or to slip."""

_MERITS = {
    Polarity.HIGH: {"met": (0, 1), "missed": (-1,), "exceeded": (1,)},
    Polarity.LOW: {"met": (0, -1), "missed": (1,)},
}
"""What is said of a figure that is above its target (1), at it (0) or below it (-1)."""


def judged_directions(reading: Reading) -> Iterator[Judgement]:
    """What a sentence says of directions; nothing of plans, nor of a breakdown's categories."""
    for clause in () if reading.is_planned else reading.clauses:
        if clause.subject and not clause.category:
            yield from _Judge(reading, clause, clause.subject).judgements()


class _Judge(Case):
    """Of one clause with its subject."""

    def judgements(self) -> Iterator[Judgement]:
        yield from self._of_target()
        yield from self._ranked()
        for judge, marks in ((self._moved, self._moves()), (self._beside, self._comparing())):
            for mark in marks:
                if (course := self._course(mark)) and not self._is_denied(mark):
                    yield from judge(course, mark)

    def _is_denied(self, mark: Mark) -> bool:
        return bool(self.reading.all("not", first=self.clause.first, end=mark.first))

    def _course(self, mark: Mark) -> str:
        """Where a number goes that is said to get better or worse; empty where no direction is good."""
        return _COURSES[mark.value].get(self.indicator.polarity, "") if mark.value in _COURSES else mark.value

    def _told(
        self, mark: Mark, rule: Rule, is_so: bool, held: str, course: str = "", since: Period | None = None
    ) -> Judgement:
        start, end = self.reading.tokens[mark.first].start, self.reading.tokens[mark.end - 1].end
        return Judgement(start, end, self.timeline, None if is_so else rule, held, course=course, since=since)

    def _moves(self) -> Iterator[Mark]:
        """The words that say that the subject moved: verbs without an object, nouns with an article."""
        said = self.reading.words
        for mark in self.marks("rise", "moved", "rising", "stand"):
            before, after = said[max(0, mark.first - 3) : mark.first], (said[mark.end :] or ["."])[0]
            is_going = bool(words("auxiliaries") & set(before)) or after in words("since")
            is_noun = bool(words("articles") & set(before)) or (before[-1:] == ["to"] and is_going)
            is_still = mark.kind == "stand" and mark.value in ("stable", "equal")
            holds = {"rise": is_noun, "moved": before[-1:] != ["the"]}.get(mark.kind, is_going or is_still)
            if holds and (after in words("go_on") or after[0].isdigit()):
                yield mark

    def _moved(self, course: str, mark: Mark) -> Iterator[Judgement]:
        """Against an earlier period: the one that is named or whose number is given, else the last one."""
        reading, now = self.reading, max(filter(None, self.standing), default=self.now)
        numbers = [each for each in reading.numbers if mark.end <= each.first < self.clause.end]
        olds = [each for each in numbers if reading.is_old(each)]
        if told := [each for each in numbers if each not in olds]:
            named = reading.period_of(told[0])
            now = (named.of(self.timeline) if named and named not in self.compared else None) or self.now
        since = self._earlier(mark)
        if olds and not self.compared:
            of_old = {fact.period for fact in self.facts if olds[0].says(fact.number, fact.unit)}
            since = [period for period in of_old if period and period < now]
            since = since if len(since) == 1 else []
        elif since is None:
            since = [now.shift(-1)] if not self.marks("stretch", "year to date") else []
        if None not in self.standing:
            yield from self._judged(course, mark, now, since)

    def _earlier(self, mark: Mark) -> list[Period] | None:
        """The periods that a word compares with: the first named behind it, else the last before; or recent ones."""
        if not self.compared:
            return [self.now.shift(-back) for back in (1, 2, 3)] if self.marks("recent") else None
        behind = [each for each in self.compared if each.first >= mark.first]
        against = next(each.of(self.timeline) for each in (*behind, *reversed(self.compared)))
        return [against] if against else []

    def _judged(self, course: str, mark: Mark, now: Period, since: Sequence[Period]) -> Iterator[Judgement]:
        there = [each for each in since if each < now and not self.timeline.break_between(now, each)]
        later, earlier = self.timeline.at(now), [self.timeline.at(each) for each in there]
        if not earlier:
            return
        values, counts = (
            [(later.value, each.value) for each in earlier],
            [(later.count, each.count) for each in earlier],
        )
        is_one = course not in ("up", "down") or words("shares") & set(self.reading.words)
        ways = [values] if is_one else [values, counts]
        is_so = any(all(self._agrees(course, mark, *pair) for pair in way) for way in ways)
        is_unknown = any(None in pair for pair in values)
        held = figure_text(self.timeline, there[0], now)
        yield self._told(mark, rules.DIRECTION_DISAGREES, is_so or is_unknown, held, course, there[0])

    def _agrees(self, course: str, mark: Mark, now: Fraction | None, then: Fraction | None) -> bool:
        """Whether a number went as a word says: for `stable`, by little or by one of few."""
        if now is None or then is None:
            return False
        decimals = max(self.indicator.decimals, self.indicator.benchmark_decimals)
        change, share = now - then, abs(now - then) / abs(then) if then else Fraction(1)
        is_just = bool(self.reading.before(mark.first, "just")) and share > _JUST
        is_little = share <= _LITTLE or (then.denominator == 1 and abs(then) <= _FEW and abs(change) <= 1)
        is_equal = rounded_units(now, decimals) == rounded_units(then, decimals)
        goes = {"up": change > 0 and not is_just, "down": change < 0 and not is_just, "equal": is_equal}
        return goes.get(course, not change or is_little)

    # Comparators and the target

    def _comparing(self) -> list[Mark]:
        """The words that compare with no number, with the `than` that belongs to them: `fewer children than`."""
        found, tokens = self.marks("compare"), self.reading.tokens
        for mark in self.marks("than_later"):
            said = self.reading.words[mark.end : min(mark.end + 8, self.clause.end)]
            counted = self.stems(" ".join(said[: said.index("than")])) if "than" in said[1:] else frozenset({"-"})
            if not counted or counted & self.title:
                found.append(Mark(mark.first, mark.end + said.index("than") + 1, "compare", mark.value))
        return [mark for mark in found if all(token.value is None for token in tokens[mark.end : mark.end + 1])]

    def _beside(self, course: str, mark: Mark) -> Iterator[Judgement]:
        """Against the comparators that are named behind the word, else the period; the target has its own judge."""
        end = min([each.first for each in self._comparing() if each.first >= mark.end] + [mark.end + _NEAR])
        others = self.reading.all("comparator", first=mark.end, end=min(end, self.clause.end))
        for name in dict.fromkeys(each.value for each in others):
            other = facts.compared_with(self.timeline, name)
            if other and self.newest.value is not None:
                held = f"{figure_text(self.timeline, self.now)}; {name}: {other.printed}"
                is_so = self._agrees(course, mark, self.newest.value, other.number)
                yield self._told(mark, rules.DIRECTION_DISAGREES, is_so, held)
        is_near = any(0 <= each.first - mark.end <= 2 for each in self.periods)
        is_of_period = self.reading.words[mark.end - 1] == "than" or course == "equal" or is_near
        if is_of_period and not others and not self.marks("target name"):
            yield from self._judged(course, mark, self.now, self._earlier(mark) or [])

    def _of_target(self) -> Iterator[Judgement]:
        """Whether the target was met, missed, exceeded: as good goes; above or below: as numbers go."""
        target, (ours, text) = facts.compared_with(self.timeline, "target"), facts.held_against(self.timeline, "target")
        claims = {"above": (1,), "below": (-1,), **_MERITS.get(self.indicator.polarity, {})}
        marks = [mark for mark in self.marks("target") if mark.value in claims]
        if marks and self.marks("target name") and target and ours is not None:
            side = (ours > target.number) - (ours < target.number)
            is_so = (side in claims[marks[0].value]) != self._is_denied(marks[0])
            held = f"{text}; target: {target.printed}"
            yield self._told(marks[0], rules.TARGET_DISAGREES, is_so, held)

    # Ranks

    def _ranked(self) -> Iterator[Judgement]:
        """`Highest since June`, `lowest in twelve months`, `first rise since May`, `second month running`."""
        streak, said = self._streak(), self.reading.words
        marks = [mark for mark in self.marks("rank", "moved", "rise", "rising") if not self._is_denied(mark)]
        stands = [each for each in self.reading.periods if not self.reading.is_compared(each)]
        for mark in marks if all(each == self.now for each in self.standing) else ():
            first, before = self._first(mark), [each for each in stands if each.first < mark.first]
            if mark.kind == "rank":
                if all(each.of(self.timeline) == self.now for each in before[-1:]):
                    yield from self._in_row(mark, first, "best")
            elif streak:
                yield from self._in_row(mark, self.now.shift(-streak), "all")
            elif first and said[mark.first - 1] == "first":
                yield from self._in_row(mark, first.shift(-1), "first")

    def _in_row(self, mark: Mark, first: Period | None, kind: str) -> Iterator[Judgement]:
        """Whether the newest figure is the best of a stretch, or the steps to it are all, or the first, of a course."""
        now, course = self.now, self._course(mark)
        count = now.ordinal - first.ordinal + 1 if first else 0
        figures = self.timeline.last(count, now) if _FEWEST <= count <= _MOST else ()
        values = [figure.value for figure in figures if figure.value is not None]
        if first and course and 0 < len(values) == len(figures) and not self.timeline.break_between(first, now):
            steps = [(new > old) if course == "up" else (new < old) for old, new in pairwise(values)]
            best = max(values) if course == "up" else min(values)
            holds = {"best": values[-1] == best, "all": all(steps), "first": steps[-1] and not any(steps[:-1])}
            yield self._told(mark, rules.RANK_DISAGREES, holds[kind], figure_text(self.timeline, first, now))

    def _first(self, mark: Mark) -> Period | None:
        """The first of the periods that the words behind a rank look back over; None where that cannot be told."""
        said, now = self.reading.words, self.now
        for at in range(mark.end, min(mark.end + 9, self.clause.end)):
            unit = said[at].rstrip("s")
            if said[at] == "since":
                found = [each.of(self.timeline) for each in self.periods if at < each.first <= at + 5]
                return found[0].shift(1) if len(found) == 1 and found[0] and found[0] < now else None
            if unit in ("year", now.kind.value) and at > mark.end:
                count, is_back = count_of(said[at - 1]), bool(words("looks_back") & set(said[mark.end : at]))
                size = now.ordinal - now.year_earlier().ordinal if unit == "year" else 1
                return now.shift(1 - count * size) if is_back and count * size > 1 else None
        return None

    def _streak(self) -> int:
        """For how many periods in a row something is said to go on; 0 where nothing is."""
        for mark in self.marks("running"):
            near = self.reading.words[max(self.clause.first, mark.first - 3) : mark.end + 2]
            counts = [count_of(word) for word in near if count_of(word) > 1]
            if len(counts) == 1 and self.now.kind.value in {word.rstrip("s") for word in near}:
                return counts[0]
        return 0
