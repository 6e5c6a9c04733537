"""What is read out of a sentence: what becomes of its numbers, and where it says that figures went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from cpreport.checks.examined import Examined
from cpreport.checks.narrative.quoted.facts import Fact, Kind, Known
from cpreport.checks.narrative.quoted.numbers import Number
from cpreport.checks.narrative.quoted.segments import Clauses
from cpreport.checks.narrative.quoted.sentences import Sentence
from cpreport.checks.narrative.quoted.subjects import Vocabulary
from cpreport.model.period import Period


class Outcome(Enum):
    """What comes of a number."""

    COMPUTED = "computed"
    CONFIRMED = "confirmed"
    WRONG = "wrong"
    OTHER_PERIOD = "other period"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A number with what it says and of which indicator.

    `fact` is what confirms it; `held` the figure that it was held against, and `why` what is wrong, in words. `kind`
    and `period` are what the sentence gives it out for, None where that cannot be told. `is_named`: the words name the
    indicator; `is_sure`: and the number can be nothing else, of this indicator or another.
    """

    number: Number
    outcome: Outcome
    known: Known | None = None
    fact: Fact | None = None
    held: str = ""
    why: str = ""
    kind: Kind | None = None
    period: Period | None = None
    is_named: bool = False
    is_sure: bool = False


class Course(Enum):
    """Where a sentence says that a number went or stands. STABLE is about the same, EQUAL exactly so as printed."""

    UP = "up"
    DOWN = "down"
    STABLE = "about the same"
    EQUAL = "the same"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Compared:
    """Two numbers of an indicator: where it stands and what it is held against, and both in words."""

    now: Fraction
    then: Fraction
    decimals: int
    texts: str
    period: Period
    since: Period | None = None
    counts: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A direction that a sentence gives an indicator, with what the figures did. `words` are those that say it."""

    known: Known
    words: str
    compared: Compared
    course: Course
    is_right: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with its clauses, what comes of its numbers, and the directions that it gives to indicators."""

    sentence: Sentence
    clauses: Clauses
    verdicts: tuple[Verdict, ...]
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a month's narratives tell of its figures, sentence by sentence."""

    month: Examined
    vocabulary: Vocabulary
    readings: tuple[Reading, ...]

    def verdicts(self) -> Iterator[tuple[Sentence, Verdict]]:
        for reading in self.readings:
            yield from ((reading.sentence, verdict) for verdict in reading.verdicts)

    def turns(self) -> Iterator[tuple[Sentence, Turn]]:
        for reading in self.readings:
            yield from ((reading.sentence, turn) for turn in reading.turns)
