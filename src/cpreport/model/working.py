"""How a printed number comes about, exactly: from the cells that it stands in, or from other numbers."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from math import lcm, prod
from typing import NamedTuple

from cpreport.model.figure import CellRef, State
from cpreport.model.period import Period


class Operation(Enum):
    """How numbers make another. The value is the sign between them, or what is said of them.

    QUOTIENT is of all terms but the last, multiplied, over the last. ROUNDED_UP is the next whole number, and 0 where
    it would be below. TYPED is none: the number stands as it is.
    """

    TYPED = ""
    SUM = "+"
    DIFFERENCE = "−"
    PRODUCT = "×"
    QUOTIENT = "÷"
    MEAN = "mean of"
    SIZE = "without its sign"
    ROUNDED_UP = "rounded up, at least 0"


class Working(NamedTuple):
    """A number, exact, and what it was computed from; one that was typed has the cells where it stands.

    `size` is how many numbers it is and is made of.
    """

    value: Fraction
    cells: tuple[CellRef, ...] = ()
    operation: Operation = Operation.TYPED
    terms: tuple[Working, ...] = ()
    size: int = 1


MOST_STEPS = 300
"""How many numbers a tag may compute one from so that it is known how."""


def within_limit(working: Working) -> Working:
    """A number as it is; as a typed one where it is made of too many others."""
    return working if working.size <= MOST_STEPS else Working(working.value)


def computed(operation: Operation, value: Fraction, *terms: Working) -> Working:
    """A number that is known to be what an operation makes of others."""
    return Working(value, (), operation, terms, 1 + sum([term.size for term in terms]))


def total(*terms: Working) -> Working:
    """What numbers add up to; one alone is itself."""
    return terms[0] if len(terms) == 1 else computed(Operation.SUM, _sum(terms), *terms)


def difference(one: Working, other: Working) -> Working:
    return computed(Operation.DIFFERENCE, one.value - other.value, one, other)


def product(one: Working, other: Working) -> Working:
    return computed(Operation.PRODUCT, one.value * other.value, one, other)


def quotient(*terms: Working) -> Working:
    """All but the last multiplied, over the last; raises ZeroDivisionError where that is 0."""
    *several, last = terms
    return computed(Operation.QUOTIENT, prod(term.value for term in several) / last.value, *terms)


def mean_of(*terms: Working) -> Working:
    """The arithmetic mean of at least one number."""
    return computed(Operation.MEAN, _sum(terms) / len(terms), *terms)


def size_of(term: Working) -> Working:
    return computed(Operation.SIZE, abs(term.value), term)


def rounded_up(term: Working) -> Working:
    return computed(Operation.ROUNDED_UP, Fraction(max(0, -(-term.value // 1))), term)


def _sum(terms: Iterable[Working]) -> Fraction:
    """Over a common denominator: one fraction is made, not as many as there are terms."""
    values = [term.value for term in terms]
    unit = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (unit // value.denominator) for value in values), unit)


class Basis(NamedTuple):
    """What a printed text says of which figure, and how its number comes about; `working` is None where there is none.

    `subject` is the id of an indicator or breakdown, empty for what is of several; the other fields are as in an
    AuditedFigure. `cells` are where it stands, or where it would, and what a benchmark's file says of it; empty where
    the working has them.
    """

    subject: str = ""
    period: Period | str = ""
    what: str = ""
    comparator: str = ""
    category: str = ""
    state: State = State.PRESENT
    working: Working | None = None
    cells: tuple[CellRef | str, ...] = ()


class ShownFigure(NamedTuple):
    """A text that a report prints, in a cell, a point or a sentence, and what it says."""

    text: str
    basis: Basis

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other figures of its section, as the key of an AuditedFigure does."""
        return self.text, *map(str, self.basis[:5])
