"""Percentages in plain cells that may be read in two ways: 0.95 is 0.95%, or 95% typed as a fraction."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from statistics import median

from cpreport.checks.examined import Examined, Row, number_text
from cpreport.model.figure import Amount, Entry, Figure, Form, State
from cpreport.model.finding import Finding
from cpreport.model.indicator import Indicator, Measure
from cpreport.model.rules.data import TWO_READINGS


def two_readings(month: Examined) -> Iterator[Finding]:
    """Percentages above 0 and at most 1 that nothing settles: each, or a row of nothing else once; then benchmarks."""
    for row in month.rows:
        entries = with_two_readings(month, row)
        is_whole = len(entries) > 1 and len(entries) == sum(bool(entry.amount.number) for entry in row.numbers)
        more = f", and so may {len(entries) - 1} more in its row" if is_whole else ""
        for entry in entries[:1] if is_whole else entries:
            yield month.of_entry(TWO_READINGS, entry, of=entry.period.label, more=more, **_readings(entry.amount))
    for indicator, benchmark in month.benchmarks():
        if may_be_either(indicator, benchmark.amount):
            values = {"of": benchmark.comparator, "more": "", **_readings(benchmark.amount)}
            yield month.of_benchmark(TWO_READINGS, benchmark, **values)


def with_two_readings(month: Examined, row: Row) -> list[Entry]:
    """The entries of a row of percentages that nothing settles.

    A figure computed from its counts needs no value. Others are per cents if they are nearer to the row's known per
    cents than a hundred times as much would be. Known are those that their counts confirm and, where none is above
    100%, those above 1.
    """
    indicator = row.indicator
    if indicator is None or not row.is_percentage:
        return []
    if not any(may_be_either(indicator, entry.amount) for entry in row.numbers):
        return []
    figures = month.figures.timelines[row.name].figures
    known: list[Fraction] = []
    unsettled: list[Entry] = []
    for entry in row.numbers:
        number, figure = Fraction(entry.amount.number or 0), figures.get(entry.period)
        if entry.amount.form is not Form.PLAIN or number <= 0:
            continue
        if figure and figure.count is not None and figure.total:
            known += [number] if _are_alike(number, 100 * figure.count / figure.total) else []
        elif number <= 1:
            unsettled += [entry] if _is_printed(figure) else []
        elif indicator.is_bounded:
            known.append(number)
    if not known:
        return unsettled
    return [entry for entry in unsettled if not _are_alike(Fraction(entry.amount.number or 0), median(known))]


def _are_alike(number: Fraction, known: Fraction) -> bool:
    """Whether a number is nearer to a larger one, in proportion, than a hundred times as much would be."""
    return number * 10 >= known


def _is_printed(figure: Figure | None) -> bool:
    return figure is None or figure.state is State.PRESENT


def may_be_either(indicator: Indicator, amount: Amount) -> bool:
    """Whether an amount, by itself, may be a per cent or a fraction."""
    is_plain = indicator.measure is Measure.PERCENTAGE and not indicator.typed and amount.form is Form.PLAIN
    return is_plain and amount.number is not None and 0 < amount.number <= 1


def _readings(amount: Amount) -> dict[str, str]:
    number = Fraction(amount.number or 0)
    return {"value": number_text(number), "fraction": number_text(number * 100)}


RULES = (two_readings,)
