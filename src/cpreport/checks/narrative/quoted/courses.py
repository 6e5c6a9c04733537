"""The judge of directions: where a sentence says that its subject went, stands or ranks, held against the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
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
                course = self._course(mark.value)
                if course and (course == "equal" or not self._is_denied(mark)):
                    yield from judge(course, mark)

    def _is_denied(self, mark: Mark) -> bool:
        return bool(self.reading.all("not", first=self.clause.first, end=mark.first))

    def _course(self, name: str) -> str:
        """Where a number goes that is said to get better or worse; empty where no direction is good."""
        return _COURSES[name].get(self.indicator.polarity, "") if name in _COURSES else name

    def _told(self, mark: Mark, rule: Rule, is_so: bool, held: str) -> Judgement:
        tokens = self.reading.tokens
        start, end = tokens[mark.first].start, tokens[mark.end - 1].end
        return Judgement(start, end, self.timeline, None if is_so else rule, held)

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
        if self._others(mark) or None in self.standing or self._streak():
            return
        reading, now = self.reading, max(filter(None, self.standing), default=self.now)
        numbers = [each for each in reading.numbers if mark.end <= each.first < self.clause.end]
        told = [each for each in numbers if not reading.is_old(each) and not reading.is_change(each)][:1]
        is_new = told and reading.words[told[0].first - 1 : told[0].first] == ["to"]
        if told and (is_new or told[0].first <= mark.end + 4):
            named = reading.period_of(told[0])
            now = (named.of(self.timeline) if named and named not in self.compared else None) or self.now
        olds = [each for each in numbers if reading.is_old(each)][:1]
        of_old = {fact.period for fact in self.facts for old in olds if old.says(fact.number, fact.unit)}
        since: list[Period | None] = [now.shift(-1)]
        if self.compared:
            since = [self._against(mark)]
        elif olds:
            since = [period for period in of_old if period and period < now]
            since = since if len(since) == 1 else []
        elif reading.all("recent"):
            since = [now.shift(-back) for back in (1, 2, 3)]
        elif self.marks("stretch", "year to date"):
            since = []
        yield from self._judged(course, mark, now, since)

    def _against(self, mark: Mark) -> Period | None:
        """The period that a word compares with: the first named behind it, else the last before."""
        behind = [each for each in self.compared if each.first >= mark.first]
        return next((each.of(self.timeline) for each in (*behind, *reversed(self.compared))), None)

    def _judged(self, course: str, mark: Mark, now: Period, since: Sequence[Period | None]) -> Iterator[Judgement]:
        later, earlier = self.timeline.at(now), [self.timeline.at(each) for each in since if each and each < now]
        if not earlier or any(self.timeline.break_between(now, each.period) for each in earlier):
            return
        pairs = [[(later.value, each.value) for each in earlier], [(later.count, each.count) for each in earlier]]
        if course not in ("up", "down") or words("shares") & set(self.reading.words):
            pairs = pairs[:1]
        is_so = any(self._agree(course, mark, each) for each in pairs) or any(None in pair for pair in pairs[0])
        held = figure_text(self.timeline, earlier[0].period, now)
        told = self._told(mark, rules.DIRECTION_DISAGREES, is_so, held)
        yield replace(told, course=course, since=earlier[0].period)

    def _agree(self, course: str, mark: Mark, pairs: Sequence[tuple[Fraction | None, Fraction | None]]) -> bool:
        """Whether numbers went as a word says: for `stable`, by little or by one of few."""
        decimals = max(self.indicator.decimals, self.indicator.benchmark_decimals)
        for now, then in pairs:
            if now is None or then is None:
                return False
            change, share = now - then, abs(now - then) / abs(then) if then else Fraction(1)
            is_just = bool(self.reading.before(mark.first, "just")) and share > _JUST
            is_little = share <= _LITTLE or (then.denominator == 1 and abs(then) <= _FEW and abs(change) <= 1)
            is_equal = rounded_units(now, decimals) == rounded_units(then, decimals)
            goes = {"up": change > 0 and not is_just, "down": change < 0 and not is_just, "equal": is_equal}
            if not goes.get(course, not change or is_little):
                return False
        return True

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

    def _others(self, mark: Mark) -> list[Mark]:
        """The comparators that stand behind a word, before the next one that compares."""
        stops = [each.first for each in self._comparing() if each.first >= mark.end]
        stops += [at for at in range(mark.end, self.clause.end) if self.reading.words[at] == ";"]
        return self.reading.all("comparator", first=mark.end, end=min([*stops, mark.end + _NEAR, self.clause.end]))

    def _beside(self, course: str, mark: Mark) -> Iterator[Judgement]:
        """Against the comparator or the period that is named behind the word; the target has its own judge."""
        names = dict.fromkeys(each.value for each in self._others(mark))
        for name in names:
            other = facts.compared_with(self.timeline, name)
            if other and self.newest.value is not None:
                held = f"{figure_text(self.timeline, self.now)}; {name}: {other.printed}"
                is_so = self._agree(course, mark, [(self.newest.value, other.number)])
                yield self._told(mark, rules.DIRECTION_DISAGREES, is_so, held)
        is_near = any(0 <= each.first - mark.end <= 2 for each in self.periods)
        is_of_period = self.reading.words[mark.end - 1] == "than" or course == "equal" or is_near
        if is_of_period and not names and not self.marks("target name"):
            recent = [self.now.shift(-back) for back in (1, 2, 3)] if self.marks("recent") else []
            yield from self._judged(course, mark, self.now, [self._against(mark)] if self.compared else recent)

    def _of_target(self) -> Iterator[Judgement]:
        """Whether the target was met, missed, exceeded: as good goes; above or below: as numbers go."""
        target, ours = facts.compared_with(self.timeline, "target"), self.newest.value
        claims = {"above": (1,), "below": (-1,), **_MERITS.get(self.indicator.polarity, {})}
        marks = [mark for mark in self.marks("target") if mark.value in claims]
        if marks and self.marks("target name") and target and ours is not None:
            side = (ours > target.number) - (ours < target.number)
            is_so = (side in claims[marks[0].value]) != self._is_denied(marks[0])
            held = f"{figure_text(self.timeline, self.now)}; target: {target.printed}"
            yield self._told(marks[0], rules.TARGET_DISAGREES, is_so, held)

    # Ranks

    def _ranked(self) -> Iterator[Judgement]:
        """`Highest since June`, `lowest in twelve months`, `first rise since May`, `second month running`."""
        streak, said = self._streak(), self.reading.words
        marks = [mark for mark in self.marks("rank", "moved", "rise", "rising") if not self._is_denied(mark)]
        stands = [each for each in self.reading.periods if not self.reading.is_compared(each)]
        for mark in marks if all(each == self.now for each in self.standing) else ():
            first, before = self._first(mark), [each for each in stands if each.first < mark.first]
            if mark.kind == "rank" and all(each.of(self.timeline) == self.now for each in before[-1:]):
                yield from self._since(mark, first, "best")
            elif mark.kind != "rank" and streak:
                yield from self._since(mark, self.now.shift(-streak), "all")
            elif mark.kind != "rank" and first and said[mark.first - 1] == "first":
                yield from self._since(mark, first.shift(-1), "first")

    def _since(self, mark: Mark, first: Period | None, kind: str) -> Iterator[Judgement]:
        """Whether the newest figure is the best of a stretch, or the steps to it are all, or the first, of a course."""
        now, course = self.now, self._course(mark.value)
        count = now.ordinal - first.ordinal + 1 if first else 0
        values = [figure.value for figure in self.timeline.last(count, now)] if _FEWEST <= count <= _MOST else [None]
        known = [value for value in values if value is not None]
        if (
            first
            and len(known) == len(values)
            and not self.timeline.break_between(first, now)
            and course in ("up", "down")
        ):
            steps = [(new > old) if course == "up" else (new < old) for old, new in pairwise(known)]
            best = max(known) if course == "up" else min(known)
            holds = {"best": known[-1] == best, "all": all(steps), "first": steps[-1] and not any(steps[:-1])}
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
