"""Numbers as a template sees them: exact inside, printed by the report's one rule for decimals."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import total_ordering
from typing import TypeGuard

from cpreport.model.document import OTHER_VALUE, Source
from cpreport.model.number import rounded
from cpreport.model.working import Basis, Working, size_of

ONE_POINT, POINTS = " percentage point", " percentage points"
"""The suffix of a difference of percentages, where 1 is printed and elsewhere."""


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """An exact number with the decimals and suffix it prints with, and the figure that it is or is computed from.

    It compares exactly with quantities and plain numbers. What is computed of two has the larger number of decimals and
    the suffix that either has.
    """

    exact: Fraction
    decimals: int
    suffix: str = ""
    source: Source = OTHER_VALUE

    def __str__(self) -> str:
        text = rounded(self.exact, self.decimals)
        return text + (ONE_POINT if self.suffix == POINTS and text in ("1", "-1") else self.suffix)

    @property
    def size(self) -> Quantity:
        """The number without its sign, for a sentence that says the direction in words."""
        source = self.source.with_working(size_of(self.working))
        return Quantity(abs(self.exact), self.decimals, self.suffix, source)

    @property
    def working(self) -> Working:
        """How it comes about; as it is where that is not known."""
        basis = self.source.basis
        return basis.working if basis and basis.working else Working(self.exact)

    def __eq__(self, other: object) -> bool:
        return self.exact == exact(other)

    def __lt__(self, other: object) -> bool:
        return self.exact < exact(other)


def common(one: Source, other: Source) -> Source:
    """The source of a number computed from two: the indicator and period that they share."""
    if not (one.indicator and other.indicator):
        return one if one.indicator else other
    if one.indicator != other.indicator:
        return OTHER_VALUE
    return one if one == other else Source(one.indicator)


class Printed:
    """A value that compares as the text it prints, and never with a number.

    `source` is the figure that it prints; `missing` says why there is none, and is empty where there is one.
    """

    def __init__(self, text: str, source: Source = OTHER_VALUE, missing: str = "") -> None:
        self.text = text
        self.source = source
        self.missing = missing

    def __str__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        if isinstance(other, int | float | Quantity):
            raise TypeError("'==' not supported between a text and a number")
        return self.text == str(other)

    def number(
        self, exact: Fraction | None, decimals: int, suffix: str = "", basis: Basis | None = None
    ) -> Quantity | Words:
        """A number of this value, or the words for why there is none; `basis` is the number's if it has its own."""
        source = Source(self.source.indicator, self.source.period, basis) if basis else self.source
        return Words(self.text, source, self.missing) if exact is None else Quantity(exact, decimals, suffix, source)


class Words(Printed):
    """Why there is no number, in the report's words. It counts as false, so that a template can ask for a number."""

    def __bool__(self) -> bool:
        return False


def exact(number: object) -> Fraction:
    """The exact value of a quantity or a plain number; a float counts as the decimal it is written as.

    Raises TypeError for anything that is not a number.
    """
    if isinstance(number, Quantity):
        return number.exact
    if isinstance(number, bool) or not isinstance(number, (int, float, Fraction)):
        raise TypeError(f"{in_words(number)} is not a number")
    return Fraction(repr(number)) if isinstance(number, float) else Fraction(number)


def in_words(value: object) -> str:
    """A value as a message names it: texts and numbers as typed, others by their kind, never by a Python name."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return repr(value)
    return kind_of(value)


def is_whole(value: object, lowest: int, highest: int) -> TypeGuard[int]:
    """Whether a value is a whole number, and not below or above two."""
    return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest


def kind_of(value: object) -> str:
    """What a value is: `a text`, `a number`, `a whole section`."""
    if callable(value):
        return "a function that is not called"
    name = type(value).__name__
    return _KINDS.get(name, f"a whole {name.removesuffix('Value').lower()}")


_KINDS = {
    **dict.fromkeys(("str", "Words"), "a text"),
    **dict.fromkeys(("int", "float", "Quantity", "ChangeValue"), "a number"),
    **dict.fromkeys(("list", "tuple"), "a list"),
    "NoneType": "something that is missing",
    "bool": "yes or no",
    "dict": "a list of keys",
    "Blocks": "a table or narrative",
    "SectionPlan": "a whole section",
}
