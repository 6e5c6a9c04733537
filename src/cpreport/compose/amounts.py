"""Figures as templates see them, and the words and numbers that stand beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from cpreport.compose.environment import TemplateMistake
from cpreport.compose.periods import PeriodValue
from cpreport.compose.quantity import Printed, Quantity, Words
from cpreport.compose.wording import baseline_text, benchmark_text, cumulative_text, figure_text, judgement_text
from cpreport.compose.workings import (
    DENOMINATOR,
    NUMERATOR,
    baseline_basis,
    benchmark_basis,
    figure_basis,
    part_basis,
)
from cpreport.model.document import Source
from cpreport.model.figure import Direction, Figure, State
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.number import decimals_of
from cpreport.model.status import StatusWord
from cpreport.model.timeline import Cumulative, Timeline, Verdict
from cpreport.model.working import Basis, Working, difference, quotient

BasisOf = Callable[[str], Basis]
"""How an amount comes about, or its numerator or denominator by that name."""


class AmountValue(Printed):
    """A figure, or what several come to, with its value, numerator and denominator.

    Prints as in its table, e.g. `61.6 (604)`; a missing one as the words for why. `value` is the value alone, e.g.
    `61.6`. `source` is what it prints, and `name` what it is called, if it is not the figure of one period.
    """

    def __init__(
        self,
        timeline: Timeline,
        amount: Figure | Cumulative,
        basis_of: BasisOf,
        source: Source | None = None,
        name: str = "",
    ) -> None:
        self._indicator = indicator = timeline.indicator
        self._amount = amount
        period = amount.period if isinstance(amount, Figure) else None
        self._name = f"{indicator.id} {name or period}"
        is_across_break = amount.state is State.NOT_COMPARABLE
        missing = f"{self._name} {f'cannot be compared with {timeline.now}' if is_across_break else 'has no figure'}"
        text = figure_text(indicator, amount) if isinstance(amount, Figure) else cumulative_text(indicator, amount)
        known = source or Source(indicator.id, period)
        source = Source(known.indicator, known.period, basis_of(""))
        super().__init__(text, source, missing if amount.value is None else "")
        self._basis_of = basis_of
        self.value = self.number(amount.value, indicator.decimals, indicator.suffix)
        if period:
            self.period = PeriodValue(period)

    @property
    def count(self) -> Quantity | Words:
        """The numerator; a number's value."""
        is_number = self._indicator.measure is Measure.NUMBER
        number, part = (self._amount.value, "") if is_number else (self._amount.count, NUMERATOR)
        return self._part("count", number, part)

    @property
    def denominator(self) -> Quantity | Words:
        return self._part("denominator", self._amount.total, DENOMINATOR)

    def _part(self, what: str, number: Fraction | None, part: str) -> Quantity | Words:
        if number is None and self._amount.value is not None:
            raise TemplateMistake(f"{self._name} has no {what}")
        return self.number(None if self._amount.value is None else number, 0, basis=self._basis_of(part))


class FigureValue(AmountValue):
    """A figure. `direction` is where it went since one period earlier: `up`, `down`, `same` or `not comparable`.

    It is `not compared` where there is nothing to compare it with.
    """

    def __init__(self, timeline: Timeline, figure: Figure) -> None:
        super().__init__(timeline, figure, partial(_basis_of, timeline.indicator, figure))
        self.direction = timeline.directions.get(figure.period, Direction.NOT_COMPARED).value


def _basis_of(indicator: Indicator, figure: Figure, part: str) -> Basis:
    return part_basis(indicator, figure, part) if part else figure_basis(indicator, figure)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class ChangeValue(Quantity):
    """How much a figure's value has risen since an earlier one; negative if it fell."""

    later: FigureValue
    earlier: FigureValue

    @property
    def count(self) -> Quantity:
        """The same of the numerators; of a number's values."""
        one, other = (number_of(figure.count) for figure in (self.later, self.earlier))
        source = self.source.with_working(difference(one.working, other.working), f"{self._what}, {NUMERATOR}")
        return Quantity(one.exact - other.exact, 0, source=source)

    @property
    def percent(self) -> Quantity:
        """The same in per cent of the earlier value, which must be above 0."""
        one, other = (number_of(figure.value).working for figure in (self.later, self.earlier))
        if other.value <= 0:
            name, then = self.source.indicator, self.earlier.period
            raise TemplateMistake(f"{name} has no change in per cent since {then}: it was {self.earlier.value} then")
        working = quotient(Working(Fraction(100)), difference(one, other), other)
        return Quantity(working.value, 1, "%", self.source.with_working(working, f"{self._what}, in per cent"))

    @property
    def _what(self) -> str:
        return self.source.basis.what if self.source.basis else ""


class JudgementValue(Printed):
    """What the newest figure says against earlier ones. Prints as `better than Jul 22`; `value` is the word alone."""

    def __init__(self, timeline: Timeline, folder: ReportFolder) -> None:
        super().__init__(judgement_text(timeline.judgement, folder), Source(timeline.indicator.id))
        self.value = WordValue(timeline.indicator.id, timeline.judgement.verdict, folder)


class BenchmarkValue(Printed):
    """A benchmark. Prints as in its table, e.g. `28.4% (2020/21)`."""

    def __init__(self, timeline: Timeline, comparator: str, folder: ReportFolder) -> None:
        indicator, benchmark = timeline.indicator, timeline.benchmarks.get(comparator)
        value = benchmark.value if benchmark else None
        missing = "" if value is not None else f"{indicator.id} has no benchmark {comparator}"
        text = benchmark_text(indicator, benchmark, folder.benchmark_period)
        basis = benchmark_basis(indicator, comparator, benchmark, folder.benchmark_period)
        super().__init__(text, Source(indicator.id, basis=basis), missing)
        self.period = benchmark.period if benchmark and benchmark.period else folder.benchmark_period
        self.value = self.number(value, indicator.benchmark_decimals, indicator.suffix)


class BaselineValue(Printed):
    """A baseline. Prints with its period, e.g. `656 (Nov 17)`, or that there is none."""

    def __init__(self, indicator: Indicator) -> None:
        super().__init__(baseline_text(indicator), Source(indicator.id, basis=baseline_basis(indicator)))
        baseline = indicator.baseline
        self.period = baseline.period if baseline else ""
        decimals = decimals_of(baseline.value) if baseline else 0
        self.value = self.number(baseline and baseline.value, max(indicator.decimals, decimals), indicator.suffix)


class WordValue(Printed):
    """A word for a status or a judgement. Prints the report's own, and compares with that as with the canonical one."""

    def __init__(self, name: str, word: StatusWord | Verdict, folder: ReportFolder) -> None:
        super().__init__(folder.printed(word.value), Source(name))
        self._word = word.value

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) or self._word == str(other)


def number_of(value: Quantity | Words) -> Quantity:
    """The number that a value is; the words for why there is none are a mistake where one is needed."""
    if isinstance(value, Words):
        raise TemplateMistake(value.missing or str(value))
    return value
