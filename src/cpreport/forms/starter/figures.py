"""Example figures: made up, the same at every run, and in agreement with each other.

What must agree is a list of bonds. Numbers start small and are only ever raised until all bonds hold; what a report
folder asks in a circle, so that no number can hold it, stands as not available.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil, floor
from zlib import crc32

from cpreport.forms.starter.columns import Columns
from cpreport.forms.starter.layout import Cell, Layout, Quantity, Ratio
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part, Polarity
from cpreport.model.number import rounded_units
from cpreport.model.period import Kind, Period

_SHARES = {Polarity.HIGH: Fraction(9, 10), Polarity.LOW: Fraction(1, 10), Polarity.NONE: Fraction(3, 10)}
_LARGEST = 10**12
_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A row of Data. A number in the printed unit (22.5 for 22.5%), or None for a figure that is not available."""

    name: str
    part: Part
    title: str
    numbers: dict[Period, Fraction | None]
    indicator: Indicator | None


@dataclass(frozen=True, slots=True)
class ExampleCount:
    """A row of Breakdowns."""

    breakdown: str
    category: str
    count: int
    period: Period


class ExampleFigures:
    """A starter's figures: rows of Data, benchmarks and breakdowns."""

    def __init__(self, folder: ReportFolder, columns: Columns, needs_counts: bool) -> None:
        self.columns = columns
        self._folder = folder
        self._layout = Layout(folder, columns, needs_counts)
        self._numbers = _settled(folder, self._layout)

    def rows(self) -> Iterator[ExampleRow]:
        """The rows of every indicator, then those of every series."""
        for name, indicator in self._folder.indicators.items():
            periods = self._layout.periods(indicator)
            for part in self._layout.parts[name]:
                yield self._row(name, part, indicator.name, periods, indicator)
            if self._layout.is_unanswered(indicator):
                yield ExampleRow(name, Part.VALUE, indicator.name, dict.fromkeys(periods), indicator)
        for name, series in self._folder.series.items():
            yield self._row(name, Part.VALUE, series.title, self._layout.series_periods(name), None)

    def benchmark(self, indicator: Indicator, number: int) -> Fraction | None:
        """A benchmark near an indicator's newest figure, the first a little above it; None if it has no figure."""
        periods = self._layout.periods(indicator)
        value = self._value(indicator, periods[-1]) if periods else None
        if value is None:
            return None
        near = value * (1 + Fraction((-1) ** number * (number + 4), 100))
        near = min(near, Fraction(100)) if indicator.measure is Measure.PERCENTAGE else near
        return Fraction(rounded_units(near, indicator.benchmark_decimals), 10**indicator.benchmark_decimals)

    def counts(self) -> Iterator[ExampleCount]:
        """Three categories of each breakdown, that add up to what it breaks down."""
        month = self.columns[Kind.MONTH][-1]
        for name, breakdown in self._folder.breakdowns.items():
            quantity = self._layout.source(breakdown.of, month) if breakdown.of else None
            whole = self._numbers.of(quantity) if quantity else None
            is_count = whole is None or whole.denominator == 1
            total = int(whole) if whole is not None and is_count else 24
            first, second = total // 2, total // 3
            period = month if is_count else self.columns[Kind.MONTH][0].shift(-1)
            for letter, count in zip("ABC", (first, second, total - first - second), strict=True):
                yield ExampleCount(name, f"EXAMPLE category {letter}", count, period)

    def _row(
        self, name: str, part: Part, title: str, periods: Iterable[Period], indicator: Indicator | None
    ) -> ExampleRow:
        numbers = {period: self._numbers.of(Cell(name, part, period)) for period in periods}
        return ExampleRow(name, part, title, numbers, indicator)

    def _value(self, indicator: Indicator, period: Period) -> Fraction | None:
        quantity = self._layout.value(indicator, period)
        return self._numbers.of(quantity) if quantity else None


def example_figures(folder: ReportFolder, columns: Columns, needs_counts: bool = False) -> ExampleFigures:
    """Figures that break no rule. `needs_counts`: every percentage, rate and average has its numerator."""
    return ExampleFigures(folder, columns, needs_counts)


class _Numbers:
    """Numbers by their cells; None for one that is not available."""

    def __init__(self, numbers: dict[Cell, Fraction | None]) -> None:
        self._numbers = numbers

    def of(self, quantity: Quantity) -> Fraction | None:
        if isinstance(quantity, Cell):
            return self._numbers.get(quantity)
        numerator, denominator = self.of(quantity.numerator), self.of(quantity.denominator)
        return quantity.per * numerator / denominator if numerator is not None and denominator else None

    def put(self, cell: Cell, number: Fraction) -> None:
        self._numbers[cell] = number

    def drop(self, quantity: Quantity) -> None:
        """Makes a quantity not available; a ratio by its numerator."""
        while isinstance(quantity, Ratio):
            quantity = quantity.numerator
        self._numbers[quantity] = None

    def items(self) -> list[tuple[Cell, Fraction]]:
        return [(cell, number) for cell, number in self._numbers.items() if number is not None]


@dataclass(frozen=True, slots=True)
class _AtMost:
    """A numerator and its denominator. `share` is what the one is usually of the other; None to ask for nothing usual.

    `is_bound`: the numerator may not be more.
    """

    smaller: Quantity
    larger: Quantity
    share: Fraction | None
    is_bound: bool

    def raised(self, numbers: _Numbers) -> bool:
        """Whether the denominator had to be raised, and could."""
        smaller, larger = numbers.of(self.smaller), numbers.of(self.larger)
        if smaller is None or larger is None or isinstance(self.larger, Ratio):
            return False
        wanted = smaller / self.share if self.share else smaller
        if larger >= wanted or wanted > _LARGEST or not (self.share or self.is_bound):
            return False
        numbers.put(self.larger, Fraction(ceil(wanted)))
        return True

    def broken(self, numbers: _Numbers) -> Quantity | None:
        """The quantity to give up, if the bond does not hold."""
        smaller, larger = numbers.of(self.smaller), numbers.of(self.larger)
        is_broken = self.is_bound and smaller is not None and larger is not None and smaller > larger
        return self.smaller if is_broken else None


@dataclass(frozen=True, slots=True)
class _Balance:
    """Two sides that come to the same. The first of each side takes what is missing there."""

    left: tuple[Quantity, ...]
    right: tuple[Quantity, ...]

    def raised(self, numbers: _Numbers) -> bool:
        """Whether one side had to be raised, and could."""
        missing = self._missing(numbers)
        raise_it = self.left[0] if missing is not None and missing < 0 else self.right[0]
        number = numbers.of(raise_it)
        if not missing or number is None or number > _LARGEST or isinstance(raise_it, Ratio):
            return False
        if not _is_decimal(missing):
            return False
        numbers.put(raise_it, number + abs(missing))
        return True

    def broken(self, numbers: _Numbers) -> Quantity | None:
        """The quantity to give up, if the bond does not hold."""
        return self.left[0] if self._missing(numbers) else None

    def _missing(self, numbers: _Numbers) -> Fraction | None:
        """By how much the right side falls short of the left; None if a number is not available."""
        found = [numbers.of(quantity) for quantity in (*self.left, *self.right)]
        known = [number for number in found if number is not None]
        if len(known) < len(found):
            return None
        return sum(known[: len(self.left)], Fraction(0)) - sum(known[len(self.left) :], Fraction(0))


_Sides = tuple[list[Quantity | None], list[Quantity | None]]


def _settled(folder: ReportFolder, layout: Layout) -> _Numbers:
    """Numbers for all cells, with which every bond holds."""
    balances = list(_balances(folder, layout))
    governed = {quantity for bond in balances for quantity in (*bond.left, *bond.right)}
    ratios = list(_ratios(folder, layout, governed))
    bonds: list[_AtMost | _Balance] = [*ratios, *balances]
    bound = governed | {cell for bond in ratios for cell in (bond.smaller, bond.larger)}
    numbers = _Numbers({cell: _first(cell, folder, cell in governed, cell in bound) for cell in layout.cells()})
    for _ in range(_ROUNDS):
        raised = [bond.raised(numbers) for bond in bonds]
        if not any(raised):
            break
    _spread(ratios, numbers, governed, folder)
    _give_up(bonds, numbers, folder)
    return numbers


def _balances(folder: ReportFolder, layout: Layout) -> Iterator[_Balance]:
    """What totals, stocks and shared denominators ask for, where all their numbers are there."""
    for left, right in chain(_totals(folder, layout), _stocks(folder, layout), _shared(folder, layout)):
        sides = tuple(q for q in left if q is not None), tuple(q for q in right if q is not None)
        if len(sides[0]) == len(left) and len(sides[1]) == len(right) and sides[0] != sides[1]:
            yield _Balance(*sides)


def _totals(folder: ReportFolder, layout: Layout) -> Iterator[_Sides]:
    uses = [source for total in folder.totals for source in total.parts]
    for total in folder.totals:
        parts = sorted(total.parts, key=uses.count)
        for period in layout.source_periods((total.whole, *parts)):
            whole, *found = _same_base([layout.source(source, period) for source in (total.whole, *parts)])
            yield [whole], found


def _stocks(folder: ReportFolder, layout: Layout) -> Iterator[_Sides]:
    for flow in folder.stocks:
        periods = layout.source_periods((flow.stock, flow.starts, flow.ends))
        for period in (period for period in periods if period.shift(-1) in periods):
            earlier, stock = layout.source(flow.stock, period.shift(-1)), layout.source(flow.stock, period)
            yield [layout.source(flow.ends, period), stock], [layout.source(flow.starts, period), earlier]


def _shared(folder: ReportFolder, layout: Layout) -> Iterator[_Sides]:
    for shared in folder.shared_denominators:
        for period in layout.source_periods(shared.sources):
            first, *others = (layout.source(source, period) for source in shared.sources)
            yield from (([first], [other]) for other in others)


def _same_base(quantities: Sequence[Quantity | None]) -> list[Quantity | None]:
    """Ratios to one denominator by their numerators: those add up if the ratios do."""
    bases = {(q.per, q.denominator) if isinstance(q, Ratio) else None for q in quantities}
    if len(bases) > 1 or None in bases:
        return list(quantities)
    return [quantity.numerator for quantity in quantities if isinstance(quantity, Ratio)]


def _ratios(folder: ReportFolder, layout: Layout, governed: set[Quantity]) -> Iterator[_AtMost]:
    """Numerators with their denominators; a usual share only where other bonds and circles leave the denominator free.

    Subsets with their wholes, too.
    """
    above: dict[tuple[str, Part], set[tuple[str, Part]]] = {}
    for subset in folder.subsets:
        for period in layout.source_periods((subset.part, subset.whole)):
            part, whole = layout.source(subset.part, period), layout.source(subset.whole, period)
            if part is not None and whole is not None and part != whole:
                _is_above(part, whole, above)
                yield _AtMost(part, whole, None, is_bound=True)
    by_bound = sorted(folder.indicators.values(), key=lambda indicator: not indicator.is_bounded)
    for indicator in by_bound:
        for period in layout.periods(indicator):
            ratio = layout.value(indicator, period)
            if not isinstance(ratio, Ratio) or ratio.numerator == ratio.denominator:
                continue
            is_free = ratio.denominator not in governed and _is_above(ratio.numerator, ratio.denominator, above)
            share = _share(indicator, period) if is_free else None
            yield _AtMost(ratio.numerator, ratio.denominator, share, indicator.is_bounded)


def _is_above(part: Quantity, whole: Quantity, above: dict[tuple[str, Part], set[tuple[str, Part]]]) -> bool:
    """Whether the whole's row can stand above the part's without a circle; then it does from now on."""
    if isinstance(part, Ratio) or isinstance(whole, Ratio):
        return False
    smaller, larger = part[:2], whole[:2]
    waiting, seen = [larger], {larger}
    while waiting:
        found = above.get(waiting.pop(), set()) - seen
        seen |= found
        waiting += found
    if smaller in seen:
        return False
    above.setdefault(smaller, set()).add(larger)
    return True


def _share(indicator: Indicator, period: Period) -> Fraction:
    """What a numerator usually is of its denominator, a little different each period."""
    usual = _usual(indicator) / indicator.per
    return usual * (1 + Fraction(_wave(indicator.id, period) - 2, 25))


def _usual(indicator: Indicator) -> Fraction:
    """A figure that is usual for an indicator of its kind, in the printed unit."""
    match indicator.measure:
        case Measure.PERCENTAGE:
            return 100 * _SHARES[indicator.polarity]
        case Measure.RATE:
            return min(Fraction(60), indicator.per * Fraction(6, 100))
        case Measure.AVERAGE:
            return Fraction(3, 2) if indicator.decimals > 1 else Fraction(420)
        case Measure.NUMBER:
            return Fraction(12)


def _wave(name: str, period: Period) -> int:
    """From 0 to 4, rising and falling with the periods, each name at another time."""
    return abs((period.ordinal + crc32(name.encode())) % 8 - 4)


def _first(cell: Cell, folder: ReportFolder, is_governed: bool, is_bound: bool) -> Fraction:
    """The number a cell starts from: the least it can be."""
    indicator = folder.indicators.get(cell.name)
    if indicator is None or not _is_ratio_value(cell, indicator):
        return Fraction((40 if is_bound else 12) + _wave(cell.name, cell.period))
    usual = _share(indicator, cell.period) * indicator.per
    least = Fraction(1, 10**indicator.decimals)
    usual = usual / 8 if is_governed else usual
    return max(least, rounded_units(usual, indicator.decimals) * least)


def _is_ratio_value(cell: Cell, indicator: Indicator | None) -> bool:
    return indicator is not None and cell.part is Part.VALUE and indicator.measure is not Measure.NUMBER


def _spread(ratios: Sequence[_AtMost], numbers: _Numbers, governed: set[Quantity], folder: ReportFolder) -> None:
    """Gives numerators that nothing rests on their usual share of what their denominators have become."""
    rests = governed | {bond.larger for bond in ratios}
    free: dict[Cell, Fraction] = {}
    for bond in ratios:
        cell, larger = bond.smaller, numbers.of(bond.larger)
        if isinstance(cell, Ratio) or cell in rests or _is_ratio_value(cell, folder.indicators.get(cell.name)):
            continue
        if larger is not None and (bond.share or bond.is_bound):
            usual = larger * (bond.share or Fraction(1, 3))
            free[cell] = min(free.get(cell, usual), usual)
    for cell, usual in free.items():
        numbers.put(cell, Fraction(max(1, floor(usual))))


def _give_up(bonds: Sequence[_AtMost | _Balance], numbers: _Numbers, folder: ReportFolder) -> None:
    """Drops every number that cannot be right, then one of every bond that does not hold."""
    for cell, number in numbers.items():
        indicator = folder.indicators.get(cell.name)
        is_value = _is_ratio_value(cell, indicator)
        is_above_100 = is_value and indicator is not None and indicator.is_bounded and number > 100
        is_typed = _is_decimal(number) if is_value else number.denominator == 1
        if number > _LARGEST or is_above_100 or not is_typed:
            numbers.drop(cell)
    for bond in bonds:
        if quantity := bond.broken(numbers):
            numbers.drop(quantity)


def _is_decimal(number: Fraction) -> bool:
    """Whether a cell can hold it: a number of at most six decimals."""
    return (number * 10**6).denominator == 1
