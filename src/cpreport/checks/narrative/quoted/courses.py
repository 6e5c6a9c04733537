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

    # Moves

    def _moves(self) -> Iterator[Mark]:
        """The words that say that the subject moved: verbs without an object, nouns with an article."""
        said = self.reading.words
        for mark in (mark for kind in ("rise", "moved", "rising", "stand") for mark in self.marks(kind)):
            before, after = said[max(0, mark.first - 3) : mark.first], (said[mark.end :] or ["."])[0]
            is_going = bool(set(before) & words("auxiliaries")) or after in words("since")
            is_noun = bool(set(before) & {"a", "an", "another", "further", "the"}) or (
                before[-1:] == ["to"] and is_going
            )
            is_still = mark.kind == "stand" and mark.value in ("stable", "equal")
            holds = {"rise": is_noun, "moved": before[-1:] != ["the"]}.get(mark.kind, is_going or is_still)
            if holds and (after in words("go_on") or after[0].isdigit()):
                yield mark

    def _moved(self, course: str, mark: Mark) -> Iterator[Judgement]:
        """Against an earlier period: the one that is named or whose number is given, else the last one."""
        if self._others(mark) or None in self.standing or self._streak():
            return
        numbers = [each for each in self.reading.numbers if mark.end <= each.first < self.clause.end]
        told = next(
            (each for each in numbers if not self.reading.is_old(each) and not self.reading.is_change(each)), None
        )
        now = max(filter(None, self.standing), default=self.now)
        if told and told.first <= mark.end + 4:
            named = self.reading.period_of(told)
            now = (named.of(self.timeline) if named else None) or self.now
        if since := self._since(mark, now):
            yield from self._judged(course, mark, now, since)

    def _against(self, mark: Mark) -> Period | None:
        """The period that a word compares with: the first named behind it, else the last before."""
        behind = [each for each in self.compared if each.first >= mark.first]
        return next((each.of(self.timeline) for each in (*behind, *reversed(self.compared))), None)

    def _since(self, mark: Mark, now: Period) -> list[Period]:
        """The periods that a figure may be compared with; none where they cannot be told."""
        numbers = [each for each in self.reading.numbers if mark.end <= each.first < self.clause.end]
        if self.compared:
            return list(filter(None, [self._against(mark)]))
        if old := next((each for each in numbers if self.reading.is_old(each)), None):
            several = self.facts
            earlier = {f.period for f in several if f.period and f.period < now and old.says(f.number, f.unit)}
            return list(earlier) if len(earlier) == 1 else []
        if self.reading.all("recent"):
            return [now.shift(-back) for back in (1, 2, 3)]
        return [] if self.marks("stretch") or self.marks("year to date") else [now.shift(-1)]

    def _judged(self, course: str, mark: Mark, now: Period, since: Sequence[Period]) -> Iterator[Judgement]:
        later, earlier = self.timeline.at(now), [self.timeline.at(each) for each in since if each < now]
        if not earlier or any(self.timeline.break_between(now, each.period) for each in earlier):
            return
        values = [(later.value, each.value) for each in earlier]
        counts = [(later.count, each.count) for each in earlier]
        is_count = course in ("up", "down") and not {"%", "percentage", "proportion", "share", "rate"} & set(
            self.reading.words
        )
        is_so = any(self._agree(course, mark, pairs) for pairs in (values, *([counts] if is_count else [])))
        held = figure_text(self.timeline, earlier[0].period, now)
        is_unknown = any(None in pair for pair in values)
        rule = None if is_so or is_unknown else rules.DIRECTION_DISAGREES
        yield replace(self.told(mark.first, mark.end, rule, held), course=course, since=earlier[0].period)

    def _agree(self, course: str, mark: Mark, pairs: Sequence[tuple[Fraction | None, Fraction | None]]) -> bool:
        """Whether numbers went as a word says: for `stable`, by little or by one of few."""
        known = [(now, then) for now, then in pairs if now is not None and then is not None]
        return len(known) == len(pairs) and all(self._agrees(course, mark, now, then) for now, then in known)

    def _agrees(self, course: str, mark: Mark, now: Fraction, then: Fraction) -> bool:
        decimals = max(self.indicator.decimals, self.indicator.benchmark_decimals)
        change, share = now - then, abs(now - then) / abs(then) if then else Fraction(1)
        if course in ("up", "down"):
            is_just = bool(self.reading.before(mark.first, "just"))
            return (change if course == "up" else -change) > 0 and not (is_just and share > _JUST)
        if course == "equal":
            return rounded_units(now, decimals) == rounded_units(then, decimals)
        return not change or share <= _LITTLE or (then.denominator == 1 and abs(then) <= _FEW and abs(change) <= 1)

    # Comparators and the target

    def _comparing(self) -> list[Mark]:
        """The words that compare with no number, with the `than` that belongs to them: `fewer children than`."""
        found = self.marks("compare")
        for mark in self.marks("than_later"):
            behind = self.reading.words[mark.end : min(mark.end + 8, self.clause.end)]
            if "than" in behind[1:] and self._is_counted(behind[: behind.index("than")]):
                found.append(Mark(mark.first, mark.end + behind.index("than") + 1, "compare", mark.value))
        tokens = self.reading.tokens
        return [mark for mark in found if all(token.value is None for token in tokens[mark.end : mark.end + 1])]

    def _is_counted(self, said: Sequence[str]) -> bool:
        stems = self.reading.room.subjects.stems
        own = stems(" ".join(said))
        return not own or bool(own & stems(self.indicator.title))

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
                is_so = self._agrees(course, mark, self.newest.value, other.number)
                yield self.told(mark.first, mark.end, None if is_so else rules.DIRECTION_DISAGREES, held)
        is_near = any(0 <= each.first - mark.end <= 2 for each in self.periods)
        is_of_period = self.reading.words[mark.end - 1] == "than" or course == "equal" or is_near
        if is_of_period and not names and not self.marks("target name") and (against := self._against(mark)):
            yield from self._judged(course, mark, self.now, [against])
        elif is_of_period and not names and self.marks("recent"):
            yield from self._judged(course, mark, self.now, [self.now.shift(-back) for back in (1, 2, 3)])

    def _of_target(self) -> Iterator[Judgement]:
        """Whether the target was met, missed, exceeded: as good goes; above or below: as numbers go."""
        target, ours = facts.compared_with(self.timeline, "target"), self.newest.value
        claims = {"above": (1,), "below": (-1,), **_MERITS.get(self.indicator.polarity, {})}
        marks = [mark for mark in self.marks("target") if mark.value in claims]
        if marks and self.marks("target name") and target and ours is not None:
            side = (ours > target.number) - (ours < target.number)
            is_so = (side in claims[marks[0].value]) != self._is_denied(marks[0])
            held = f"{figure_text(self.timeline, self.now)}; target: {target.printed}"
            yield self.told(marks[0].first, marks[0].end, None if is_so else rules.TARGET_DISAGREES, held)

    # Ranks

    def _ranked(self) -> Iterator[Judgement]:
        """`Highest since June`, `lowest in twelve months`, `first rise since May`, `second month running`."""
        if None in self.standing or any(each != self.now for each in self.standing):
            return
        for mark, first, kind in (each for each in (*self._extremes(), *self._steps()) if not self._is_denied(each[0])):
            count, course = self.now.ordinal - first.ordinal + 1, self._course(mark.value)
            figures = self.timeline.last(count, self.now) if _FEWEST <= count <= _MOST else []
            values = [figure.value for figure in figures if figure.value is not None]
            is_whole = values and len(values) == len(figures) and not self.timeline.break_between(first, self.now)
            if is_whole and course in ("up", "down"):
                steps = [(new > old) if course == "up" else (new < old) for old, new in pairwise(values)]
                best = max(values) if course == "up" else min(values)
                holds = {"best": values[-1] == best, "all": all(steps), "first": steps[-1] and not any(steps[:-1])}
                held = figure_text(self.timeline, first, self.now)
                yield self.told(mark.first, mark.end, None if holds[kind] else rules.RANK_DISAGREES, held)

    def _extremes(self) -> Iterator[tuple[Mark, Period, str]]:
        for mark in self.marks("rank"):
            before = [
                each for each in self.reading.periods if each.first < mark.first and not self.reading.is_compared(each)
            ]
            if all(each.of(self.timeline) == self.now for each in before[-1:]) and (first := self._first(mark)):
                yield mark, first, "best"

    def _steps(self) -> Iterator[tuple[Mark, Period, str]]:
        count = self._streak()
        for mark in (mark for kind in ("moved", "rise", "rising") for mark in self.marks(kind)):
            if count:
                yield mark, self.now.shift(-count), "all"
            elif self.reading.words[mark.first - 1] == "first" and (first := self._first(mark)):
                yield mark, first.shift(-1), "first"

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
