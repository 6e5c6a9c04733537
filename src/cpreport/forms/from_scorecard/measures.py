"""What kind of measure a line of a scorecard is, as far as its number formats, its counts and its words say so.

Where they do not, it is an average with the source's own word for its unit: that prints the numbers as they are, and
none of them is judged to be more than chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from cpreport.forms.from_scorecard.source import Source
from cpreport.model.figure import CellRef, Form, per_cent
from cpreport.model.indicator import Measure, Part
from cpreport.model.period import Period

Parts = Mapping[Part, Mapping[Period, CellRef]]
"""The cells of a line's figures, none of them blank."""

NO_UNIT = "Figure"
"""What stands for the unit that nothing in a scorecard names."""

_PER_CENT = re.compile(r"(?<![0-9])(?<![0-9] )%|\bper ?cent(?:age)?\b|\bproportion\b|\bpct\b", re.IGNORECASE)
_RATE = re.compile(r"\bper ([1-9][0-9,]{0,10})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:number|no\.)|#", re.IGNORECASE)
_NUMBER_UNIT = re.compile(r"(?:total )?(?:number|no\.?|count)|#", re.IGNORECASE)
_NUMBER_TITLE = re.compile(r"(?:total )?(?:number|no\.?) of\b.*|#.*|.*\((?:number|no\.?|count)\)", re.IGNORECASE)
_AVERAGE_TITLE = re.compile(r"(?:average|mean)\b.*", re.IGNORECASE)
_NUMERATOR = frozenset({Part.NUMERATOR})
_COUNTS = frozenset({Part.NUMERATOR, Part.DENOMINATOR})
_RATES = (1_000, 10_000, 100_000)
_MOST_DECIMALS = 6
_USUAL_DECIMALS = 1


class Measured(NamedTuple):
    """What a line measures.

    `per` is None but for a rate; `unit` is empty for the measure's own; `counts` are which of numerators and
    denominators are used. `assumed` is what the scorecard does not say itself, by keys of the Indicators sheet, each as
    a sentence with the reason. `is_open`: nothing says what is counted.
    """

    measure: Measure
    per: int | None = None
    unit: str = ""
    decimals: int = 0
    is_typed_per_cent: bool = False
    may_exceed_100: bool = False
    counts: frozenset[Part] = frozenset()
    assumed: Mapping[str, str] = MappingProxyType({})
    is_open: bool = False

    def because(self, why: str) -> Measured:
        """The same where it is assumed, and why."""
        return self.also("measure", f"it is {self.name}, because {why}")

    def also(self, key: str, assumed: str) -> Measured:
        """With something else that is assumed."""
        return self._replace(assumed={**self.assumed, key: assumed})

    @property
    def name(self) -> str:
        """`a rate per 10,000`."""
        article = "an" if self.measure is Measure.AVERAGE else "a"
        return f"{article} {self.measure.value}" + (f" per {self.per:,}" if self.per else "")


def measured(source: Source, parts: Parts, unit: str, title: str) -> Measured:
    """What a line measures. `unit` is what its own column says, or empty."""
    values = [cell for cell in parts[Part.VALUE].values() if source.amount(cell).number is not None]
    return _of_values(source, parts, values, unit, title) if values else _of_counts(source, parts, unit, title)


def _of_values(source: Source, parts: Parts, values: Sequence[CellRef], unit: str, title: str) -> Measured:
    numbers = [source.amount(cell).number or 0 for cell in values]
    signs = [source.shown(cell).endswith("%") for cell in values]
    computed = _computed(source, parts)
    found = computed or _said(unit, title, numbers)
    if any(signs):
        is_plain = all(source.amount(cell).form is Form.PLAIN for cell in values)
        found = Measured(Measure.PERCENTAGE, is_typed_per_cent=is_plain and all(signs))
    if found is None and _AVERAGE_TITLE.fullmatch(title) and not _names_measure(f"{unit} {title}"):
        found = Measured(Measure.AVERAGE, unit=unit).because("its title says so")
    if found is None:
        own, doubt = unit or NO_UNIT, ""
        if _PER_CENT.search(f"{unit} {title}"):
            own, doubt = NO_UNIT, f"; {source.shown(values[0])} may be a percentage or not"
        then = "; then clear its Unit" if own == NO_UNIT else ""
        assumed = f"it is printed as typed, with the unit {own}{doubt}{then}"
        found = Measured(Measure.AVERAGE, unit=own, is_open=True).also("measure", assumed)
    above = sum((per_cent(source.amount(cell)) or 0) > 100 for cell in values)
    if found.measure is Measure.PERCENTAGE and 2 * above > len(values):
        found = found.also("may_exceed_100", "it may exceed 100%, as most of its figures do")
        found = found._replace(may_exceed_100=True)
    decimals = max(map(source.decimals, values))
    if decimals > _MOST_DECIMALS:
        found = found.also("decimals", f"it is shown with {_USUAL_DECIMALS} decimal, as {decimals} are too many")
        decimals = _USUAL_DECIMALS
    is_confirmed = computed is not None and (computed.measure, computed.per) == (found.measure, found.per)
    is_alone = bool(parts[Part.NUMERATOR] and not parts[Part.DENOMINATOR]) and found.measure is not Measure.NUMBER
    counts = _COUNTS if is_confirmed else _NUMERATOR if is_alone else frozenset()
    return found._replace(decimals=decimals, counts=counts)


def _of_counts(source: Source, parts: Parts, unit: str, title: str) -> Measured:
    """What numerators measure, with or without denominators, where no value is given."""
    pairs = list(_pairs(source, parts))
    if not pairs:
        return Measured(Measure.NUMBER, counts=_NUMERATOR).because("there is nothing that it is out of")
    found = _said(unit, title, ())
    if found is None or found.measure is Measure.NUMBER:
        found = Measured(Measure.AVERAGE, is_open=True).because("it is one number by another")
        if all(0 <= count <= total for count, total, _ in pairs):
            found = Measured(Measure.PERCENTAGE, is_open=True).because("no number is above what it is out of")
    return found._replace(decimals=_USUAL_DECIMALS, counts=_COUNTS)


def is_unit(text: str) -> bool:
    """Whether a text by itself says that figures are percentages or rates."""
    return bool(re.fullmatch(f"{_PER_CENT.pattern}|(?:rate )?{_RATE.pattern}.*", text.strip(), re.IGNORECASE))


def _said(unit: str, title: str, numbers: Sequence[object]) -> Measured | None:
    """What its unit says, else its title; None where neither fits the numbers.

    A number is whole. Of percentages at least one is above 1, or nobody knows whether 0.9 is 0.9% or 90%; those that a
    title names are at most 100.
    """
    amounts = [Fraction(str(number)) for number in numbers]
    is_whole = all(number.denominator == 1 for number in amounts)
    is_clear = not any(0 < number <= 1 for number in amounts) or any(number > 1 for number in amounts)
    fitting = {Measure.NUMBER: is_whole, Measure.PERCENTAGE: is_clear, Measure.RATE: True}
    of_unit, of_title = _named(unit, _NUMBER_UNIT), _named(title, _NUMBER_TITLE)
    if of_unit and fitting[of_unit.measure]:
        return of_unit
    is_high = of_title is not None and of_title.measure is Measure.PERCENTAGE and any(n > 100 for n in amounts)
    return of_title.because("its title says so") if of_title and fitting[of_title.measure] and not is_high else None


def _named(words: str, number: re.Pattern[str]) -> Measured | None:
    """The measure that a text names; None for none, and for several such as `Number and %`."""
    rate = _RATE.search(words)
    found = [Measured(Measure.RATE, int(rate[1].replace(",", "")))] if rate else []
    found += [Measured(Measure.PERCENTAGE)] if _PER_CENT.search(words) else []
    found += [Measured(Measure.NUMBER)] if number.fullmatch(words) or (found and _NUMBER.search(words)) else []
    return found[0] if len(found) == 1 else None


def _names_measure(words: str) -> bool:
    """Whether words speak of percentages or rates, whichever of them."""
    return bool(_PER_CENT.search(words) or _RATE.search(words))


def _pairs(source: Source, parts: Parts) -> Iterator[tuple[Fraction, Fraction, CellRef | None]]:
    """Numerators with their denominators, which are not 0, and the cell of the value of the same period."""
    for period, cell in parts[Part.NUMERATOR].items():
        below = parts[Part.DENOMINATOR].get(period)
        count, total = (source.amount(each).number if each else None for each in (cell, below))
        if count is not None and total:
            yield Fraction(count), Fraction(total), parts[Part.VALUE].get(period)


def _computed(source: Source, parts: Parts) -> Measured | None:
    """The one measure by which all numerators and denominators come to the values beside them, as these are shown."""
    compared = [
        (count / total, per_cent(source.amount(cell)) or Fraction(0), Fraction(1, 2 * 10 ** source.decimals(cell)))
        for count, total, cell in _pairs(source, parts)
        if cell and source.amount(cell).number is not None
    ]
    known = [Measured(Measure.PERCENTAGE), Measured(Measure.AVERAGE), *(Measured(Measure.RATE, per) for per in _RATES)]
    times = {Measure.PERCENTAGE: 100, Measure.AVERAGE: 1}
    found = [
        each
        for each in known
        if all(abs(ratio * (each.per or times[each.measure]) - value) <= half for ratio, value, half in compared)
    ]
    if not compared or len(found) != 1:
        return None
    return found[0].because("that is what its numerators and denominators come to")
