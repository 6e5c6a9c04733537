"""Rounding: the one place where an exact number loses digits."""

from __future__ import annotations

from fractions import Fraction
from itertools import count


def rounded_units(value: Fraction, decimals: int) -> int:
    """A number in units of its last decimal, rounded half away from zero as Excel does.

    >>> rounded_units(Fraction(1, 8), 2), rounded_units(Fraction(-5, 2), 0)
    (13, -3)
    """
    units: int = (2 * abs(value.numerator) * 10**decimals + value.denominator) // (2 * value.denominator)
    return -units if value < 0 else units


def rounded(value: Fraction, decimals: int) -> str:
    """A number as text, rounded half away from zero, with thousands separators; never `-0`.

    >>> rounded(Fraction(1, 8), 2), rounded(Fraction(-5, 2), 0), rounded(Fraction(1279), 0)
    ('0.13', '-3', '1,279')
    """
    units = rounded_units(value, decimals)
    whole, part = divmod(abs(units), 10**decimals)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole:,}" + (f".{part:0{decimals}d}" if decimals else "")


def decimals_to_see(number: Fraction, fewest: int) -> int:
    """The decimals at which a number that is not 0 does not print as 0, and at least the fewest."""
    return next(places for places in count(fewest) if rounded_units(number, places))


def decimals_of(number: Fraction) -> int:
    """How many decimals a number has, which must not be a recurring decimal.

    >>> decimals_of(Fraction(1, 8)), decimals_of(Fraction(1279))
    (3, 0)
    """
    return next(places for places in count() if 10**places % number.denominator == 0)
