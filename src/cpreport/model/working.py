"""How a printed number comes about, exactly: from the cells that it stands in, or from other numbers."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import CellRef, State
from cpreport.model.period import Period


class Operation(Enum):
    """How numbers make another. The value is the sign between them, or what is said of them.

    ROUNDED_UP is the next whole number, and 0 where it would be below. TYPED is none: the number stands as it is.
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

    `size` is how many typed numbers it is made of.
    """

    value: Fraction
    cells: tuple[CellRef, ...] = ()
    operation: Operation = Operation.TYPED
    terms: tuple[Working, ...] = ()
    size: int = 1


def total(*terms: Working) -> Working:
    """What numbers add up to; one alone is itself."""
    if len(terms) == 1:
        return terms[0]
    return _computed(Operation.SUM, sum((term.value for term in terms), Fraction(0)), terms)


def difference(one: Working, other: Working) -> Working:
    return _computed(Operation.DIFFERENCE, one.value - other.value, (one, other))


def product(one: Working, other: Working) -> Working:
    return _computed(Operation.PRODUCT, one.value * other.value, (one, other))


def quotient(one: Working, other: Working) -> Working:
    """Raises ZeroDivisionError where the other is 0."""
    return _computed(Operation.QUOTIENT, one.value / other.value, (one, other))


def mean_of(*terms: Working) -> Working:
    """The arithmetic mean of at least one number."""
    return _computed(Operation.MEAN, sum((term.value for term in terms), Fraction(0)) / len(terms), terms)


def size_of(term: Working) -> Working:
    return _computed(Operation.SIZE, abs(term.value), (term,))


def rounded_up(term: Working) -> Working:
    return _computed(Operation.ROUNDED_UP, Fraction(max(0, -(-term.value // 1))), (term,))


def _computed(operation: Operation, value: Fraction, terms: tuple[Working, ...]) -> Working:
    return Working(value, (), operation, terms, sum(term.size for term in terms))


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
