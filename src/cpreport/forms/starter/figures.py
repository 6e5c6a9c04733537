"""Example figures: rows, columns and numbers, made up from the parts to the wholes; they break no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from zlib import crc32

from cpreport.analysis.figures import compute_figures
from cpreport.checks import check_data
from cpreport.inputs.template_needs import TemplateNeeds
from cpreport.model.figure import Amount, CellRef, Entry, Form, Given, State
from cpreport.model.finding import Severity
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown, Indicator, Measure, Part, Polarity, Shows, Source
from cpreport.model.number import rounded_units
from cpreport.model.period import Frequency, Kind, Period, newest_ended
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.workbook import About, Workbook

LABELS = 4
"""How many columns are before the periods in the sheet Data."""

_SHARES = {Polarity.HIGH: Fraction(9, 10), Polarity.LOW: Fraction(1, 10), Polarity.NONE: Fraction(3, 10)}
_AVERAGE = Fraction(20)
_LARGEST = Fraction(10**12)
_COUNTS = (Part.NUMERATOR, Part.DENOMINATOR)
_Rows = Mapping[Source, tuple[Period, ...]]
_Term = tuple[Fraction | int, Source, int]


class Example:
    """`rows` are the rows of Data, `columns` their periods, `entries` the cells, `figures` those of `month`.

    A number that a rule objects to becomes not available.
    """

    def __init__(self, folder: ReportFolder, month: Period, needs: TemplateNeeds) -> None:
        self.folder, self.month, self.needs = folder, month, needs
        columns = _columns_of(folder, month, needs.longest_run)
        self.columns = [period for periods in columns.values() for period in periods]
        self.rows = _rows_of(folder, columns, needs.needs_counts)
        numbers = Numbers(folder, self.rows)
        self.entries: dict[tuple[Source, Period], Entry] = {}
        for number, (row, periods) in enumerate(self.rows.items(), start=2):
            for period in periods:
                cell = CellRef("Data", number, self.columns.index(period) + LABELS + 1)
                self.entries[row, period] = Entry(row.name, row.part, period, numbers.amount(row, period), cell)
        while rejected := self._rejected():
            self.entries |= {at: self.entries[at]._replace(amount=Amount(State.NOT_AVAILABLE)) for at in rejected}

    def broken_down(self, breakdown: Breakdown) -> Given:
        """The figure that a breakdown breaks down; blank where it names none."""
        return self.figures.given[breakdown.of, self.month] if breakdown.of else Given(State.BLANK)

    def _rejected(self) -> list[tuple[Source, Period]]:
        """Computes the figures, and finds the numbers that a rule objects to, or that are not a count to break down."""
        workbook = Workbook("", self.month, self.month.end, About(), tuple(self.entries.values()))
        self.figures = compute_figures(workbook, self.folder)
        found = check_data(workbook, self.folder, self.figures)
        cells = {finding.place.cell for finding in found if finding.severity is not Severity.NOTE}
        broken = map(self.broken_down, self.folder.breakdowns.values())
        cells |= {given.cells[0].a1 for given in broken if given.number and given.number.denominator > 1}
        given = ((at, entry) for at, entry in self.entries.items() if entry.amount.state is State.PRESENT)
        return [at for at, entry in given if entry.cell.a1 in cells]


def amount_of(number: Fraction, decimals: int, indicator: Indicator | None) -> Amount:
    """A number as typed: a percentage as a fraction in a percent format."""
    rounded = Decimal(rounded_units(number, decimals)).scaleb(-decimals)
    if indicator and indicator.measure is Measure.PERCENTAGE:
        return Amount(State.PRESENT, rounded / 100, form=Form.PERCENT_FORMAT)
    return Amount(State.PRESENT, rounded)


def heading(period: Period) -> date | str | None:
    """The heading of a period's column: a month's first day, else a text that names the period, or None.

    A two-digit year is in this century.
    """
    if period.kind is Kind.MONTH:
        return period.start if period.start.year > 1900 else None
    for text in (period.label, period.slug):
        with suppress(NotAPeriod):
            if parse_period(text, period.terms) == period:
                return text
    return None


def _columns_of(folder: ReportFolder, month: Period, longest_run: int) -> dict[Kind, tuple[Period, ...]]:
    """The periods of each kind that the report's tables show, with one more before them and a year's history, in order.

    `longest_run` is how many periods a template takes a mean of. The reporting month is always there.
    """
    columns: dict[Kind, tuple[Period, ...]] = {Kind.MONTH: (month,)}
    for frequency in Frequency:
        kind = Kind(frequency.value)
        found = [each.lag for each in folder.indicators.values() if each.frequency is frequency]
        lags = [0 for _ in found] if kind is Kind.MONTH else found
        if lags:
            newest = newest_ended(kind, month.end, folder.terms)
            year = newest.ordinal - newest.year_earlier().ordinal
            back = max(lags) + max(year + 1, 1 - min(folder.reach(frequency)), longest_run - 1)
            periods = map(newest.shift, range(-back, 1 - min(lags)))
            columns[kind] = tuple(each for each in periods if heading(each) is not None)
    return columns


def _rows_of(folder: ReportFolder, columns: Mapping[Kind, tuple[Period, ...]], needs_counts: bool) -> _Rows:
    """A row for each part of a figure that has no reference, and for each series, with its periods in order.

    `needs_counts`: every percentage, rate and average has its numerator. A series that carries has its earliest period.
    """
    indicators = folder.indicators.values()
    sources = [each.source(part) for each in indicators for part in _COUNTS]
    sources += [breakdown.of for breakdown in folder.breakdowns.values()]
    counted = {source.name for source in sources if source and source.part is not Part.VALUE}
    rows = {
        Source(each.id, part): tuple(filter(each.lives_in, columns[Kind(each.frequency.value)]))
        for each in indicators
        for part in _parts(each, each.id in counted, needs_counts)
    }
    every = tuple(sorted((period for periods in columns.values() for period in periods), key=lambda each: each.start))
    series = folder.series.values()
    return rows | {Source(each.id, Part.VALUE): every[:1] if each.carry else every for each in series}


def _parts(indicator: Indicator, is_referred_to: bool, needs_counts: bool) -> list[Part]:
    own = [part for part in _COUNTS if indicator.source(part) is None]
    if indicator.measure is Measure.NUMBER:
        return [Part.NUMERATOR if is_referred_to else Part.VALUE] if indicator.numerator is None else []
    shows_counts = indicator.shows is not Shows.VALUE or indicator.cumulative is not None
    return own if is_referred_to or needs_counts or shows_counts or len(own) < len(_COUNTS) else [Part.VALUE]


class Numbers:
    """A number for each row and period.

    A whole is the sum of its parts, starts and ends give their stock, and a denominator is large enough for its
    numerators. Numbers with circular or repeated conditions may disagree.
    """

    def __init__(self, folder: ReportFolder, rows: _Rows) -> None:
        self._folder, self._rows = folder, rows
        self._same: dict[Source, Source] = {}
        self._computed: dict[Source, tuple[Sequence[_Term], Fraction | int]] = {}
        self._parts_below: dict[Source, list[tuple[Source, Indicator | None]]] = {}
        self._known: dict[tuple[Source, Period], Fraction] = {}
        self._under_way: set[Source] = set()
        for shared in folder.shared_denominators:
            first, *others = map(self._row, shared.sources)
            self._same |= dict.fromkeys({*others} - {first}, first)
        for total in folder.totals:
            if not self._compute_from(total.whole, [(1, part, 0) for part in total.parts]):
                share = Fraction(1, len(total.parts))
                for at, part in enumerate(reversed(total.parts)):
                    self._compute_from(part, [(share, total.whole, 0)], at * share)
        for stock in folder.stocks:
            self._compute_from(stock.starts, [(1, stock.stock, 0), (-1, stock.stock, -1)], 30)
            self._compute_from(stock.ends, [(-1, stock.stock, 0), (1, stock.stock, -1)], 30)
        for subset in folder.subsets:
            self._keep_above(subset.part, subset.whole, None)
        for each in folder.indicators.values():
            self._keep_above(Source(each.id, Part.NUMERATOR), Source(each.id, Part.DENOMINATOR), each)

    def amount(self, row: Source, period: Period) -> Amount:
        """The number of a row and period as it is typed."""
        return amount_of(self._number(row, period), 6, self._ratio(row))

    def _ratio(self, row: Source) -> Indicator | None:
        """The indicator of a row of percentages, rates or averages; None for other rows."""
        indicator = self._folder.indicators.get(row.name)
        is_ratio = indicator and row.part is Part.VALUE and indicator.measure is not Measure.NUMBER
        return indicator if is_ratio else None

    def _number(self, source: Source, period: Period) -> Fraction:
        """The number of a row and period, computed once; a row that depends on itself has its usual number there."""
        row = self._row(source)
        if (row, period) not in self._known:
            if row in self._under_way:
                return _usual(row, period)
            self._under_way.add(row)
            self._known[row, period] = min(self._smallest(row, period), _LARGEST)
            self._under_way.remove(row)
        return self._known[row, period]

    def _smallest(self, row: Source, period: Period) -> Fraction:
        if row in self._computed:
            terms, more = self._computed[row]
            computed = sum(times * self._number(of, period.shift(ahead)) for times, of, ahead in terms)
            return Fraction(floor(more + max(0, computed)))
        if indicator := self._ratio(row):
            value = _share(indicator, period) * indicator.per
            return Fraction(max(1, rounded_units(value, indicator.decimals)), 10**indicator.decimals)
        carries = row.name in self._folder.series and self._folder.series[row.name].carry
        needed = [
            self._number(part, each) / _share(indicator, each)
            for part, indicator in self._parts_below.get(row, ())
            for each in (self._rows[part] if carries else (period,))
        ]
        return Fraction(ceil(max([_usual(row, period), *needed])))

    def _keep_above(self, part: Source, whole: Source, indicator: Indicator | None) -> None:
        """Makes a whole that is not computed from others large enough for a part."""
        if self._row(part) in self._rows:
            self._parts_below.setdefault(self._row(whole), []).append((self._row(part), indicator))

    def _compute_from(self, whole: Source, terms: Sequence[_Term], more: Fraction | int = 0) -> bool:
        """Computes a row from others from now on, if it can be: terms are a factor, a source and periods ahead."""
        row, *parts = map(self._row, (whole, *(of for _, of, _ in terms)))
        is_free = row not in self._computed and self._rows.keys() >= {row, *parts}
        if is_free:
            self._computed[row] = terms, more
        return is_free

    def _row(self, source: Source) -> Source:
        """The row that a source is taken from; the source itself where it is computed."""
        indicator = self._folder.indicators.get(source.name)
        if source in self._rows or indicator is None:
            return self._same.get(source, source)
        is_count = source.part is Part.VALUE and indicator.measure is Measure.NUMBER
        taken = Source(source.name, Part.NUMERATOR) if is_count else indicator.source(source.part)
        return self._row(taken) if taken else source


def _share(indicator: Indicator | None, period: Period) -> Fraction:
    """A numerator's usual share of its denominator, a little different each period; all of it without an indicator."""
    if indicator is None:
        return Fraction(1)
    usual = {
        Measure.PERCENTAGE: _SHARES[indicator.polarity],
        Measure.RATE: min(Fraction(60, indicator.per), Fraction(6, 100)),
    }
    return usual.get(indicator.measure, _AVERAGE) * (1 + Fraction(_variation(indicator.id, period) - 2, 25))


def _usual(row: Source, period: Period) -> Fraction:
    """The number of a row that depends on no other."""
    return Fraction(30 + _variation(row.name, period))


def _variation(name: str, period: Period) -> int:
    """From 0 to 4, rising and falling with the periods, each name at another time."""
    return abs((period.ordinal + crc32(name.encode())) % 8 - 4)
