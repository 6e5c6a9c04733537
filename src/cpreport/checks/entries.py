"""Rules about single cells of data: what kind of number stands in them, and whether anything wants it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.examined import Examined, is_above_100, number_text
from cpreport.checks.fractions import with_two_readings
from cpreport.model.figure import Amount, Entry, Form, Mark, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Measure, Part
from cpreport.model.period import Frequency, Kind, Period, long_date
from cpreport.model.rules import data as rules
from cpreport.model.rules.workbook import MARK_WITHOUT_FIGURE
from cpreport.model.timeline import Timeline


def negative_numbers(month: Examined) -> Iterator[Entry]:
    """The numbers below 0 where none may be."""
    return (entry for row, entry in month.numbers() if is_negative(entry) and not row.may_be_negative)


def is_negative(entry: Entry) -> bool:
    """Whether an entry holds a number below 0."""
    return entry.amount.number is not None and entry.amount.number < 0


def negative(month: Examined) -> Iterator[Finding]:
    for entry in negative_numbers(month):
        yield month.of_entry(rules.NEGATIVE, entry, value=entry.amount.text)


def fractional(month: Examined) -> Iterator[Finding]:
    """Numerators, denominators and whole numbers count children."""
    for row, entry in month.numbers():
        if row.is_whole and (entry.amount.number or 0) % 1:
            yield month.of_entry(rules.FRACTIONAL, entry, value=entry.amount.text)


def unexpected_percent(month: Examined) -> Iterator[Finding]:
    for row, entry in month.numbers():
        if not row.is_percentage and entry.amount.form is not Form.PLAIN:
            yield month.of_entry(rules.UNEXPECTED_PERCENT, entry, part=f"the {entry.part.value}")
    for indicator, benchmark in month.benchmarks():
        if benchmark.amount.form is not Form.PLAIN and indicator.measure is not Measure.PERCENTAGE:
            yield month.of_benchmark(rules.UNEXPECTED_PERCENT, benchmark, part="the benchmark")


def mixed_percent(month: Examined) -> Iterator[Finding]:
    """The cells of a row whose percent format differs from most of the row's; workbooks may differ.

    Those that may be fractions or per cents are told as that.
    """
    rows: dict[tuple[str, str], list[Entry]] = {}
    doubtful = {entry.cell for row in month.rows for entry in with_two_readings(month, row)}
    for row, entry in month.numbers():
        if row.is_percentage and entry.amount.form is not Form.PERCENT_TEXT:
            rows.setdefault((entry.name, entry.cell.file), []).append(entry)
    for entries in rows.values():
        are_fractions = [entry.amount.form.is_fraction for entry in entries]
        usual = max(are_fractions, key=are_fractions.count)
        for entry in entries:
            if entry.amount.form.is_fraction is not usual and entry.cell not in doubtful:
                has, others = ("has no", "have one") if usual else ("has a", "have none")
                yield month.of_entry(rules.MIXED_PERCENT, entry, has=has, others=others)


def numbers_above_100(month: Examined) -> Iterator[Entry]:
    """The percentages above 100 where none may be."""
    return (entry for row, entry in month.numbers() if row.is_bounded and is_above_100(entry.amount))


def above_100(month: Examined) -> Iterator[Finding]:
    for entry in numbers_above_100(month):
        yield month.of_entry(rules.ABOVE_100, entry, value=_per_cent_text(entry.amount))
    for indicator, benchmark in month.benchmarks():
        if indicator.is_bounded and is_above_100(benchmark.amount):
            values = {"period": benchmark.comparator, "value": _per_cent_text(benchmark.amount)}
            yield month.of_benchmark(rules.ABOVE_100, benchmark, **values)


def _per_cent_text(amount: Amount) -> str:
    return number_text(per_cent(amount) or Fraction(0))


def other_frequency(month: Examined) -> Iterator[Finding]:
    for row in month.rows:
        for entry in row.given if row.indicator else ():
            if row.indicator and entry.period.kind.frequency is not row.indicator.frequency:
                yield month.of_entry(rules.OTHER_FREQUENCY, entry, wanted=row.indicator.frequency.value)


def two_kinds_of_year(month: Examined) -> Iterator[Finding]:
    """Yearly indicators, and series from which they take their figures, with years of both kinds; not what carries."""
    years: dict[str, dict[Kind, Entry]] = {}
    for entry in (entry for row in month.rows for entry in row.given):
        years.setdefault(entry.name, {}).setdefault(entry.period.kind, entry)
    yearly = [each for each in month.folder.indicators.values() if each.frequency is Frequency.YEAR]
    sources = (source for each in yearly if each.id not in years for source in (each.numerator, each.denominator))
    steady = {name for name, series in month.folder.series.items() if not series.carry}
    referred = [source.name for source in sources if source and source.name in steady]
    for name in dict.fromkeys((*(each.id for each in yearly), *referred)):
        found = years.get(name, {})
        if Kind.YEAR in found and Kind.CALENDAR_YEAR in found:
            financial, calendar = found[Kind.YEAR], found[Kind.CALENDAR_YEAR]
            labels = {"financial": financial.period.label, "calendar": calendar.period.label}
            yield month.of_entry(rules.TWO_KINDS_OF_YEAR, calendar, **labels)


def unwanted(month: Examined) -> Iterator[Finding]:
    """Rows that an indicator takes from elsewhere or has no use for."""
    for row in month.rows:
        if row.indicator is None or not row.given:
            continue
        source, first = row.indicator.source(row.part), row.given[0]
        if source:
            yield month.of_entry(rules.ROW_AND_REFERENCE, first, source=f"{source.name}/{source.part.value}")
        elif row.indicator.measure is Measure.NUMBER and row.part is Part.DENOMINATOR:
            yield month.of_entry(rules.UNWANTED_PART, first, reason="it is a number")


def outside_life(month: Examined) -> Iterator[Finding]:
    """Numbers before or after an indicator's life, at the first of each row, unless others take them from there."""
    for row in month.rows:
        indicator = row.indicator
        if indicator and row.unused:
            entry = row.unused[0]
            is_new = indicator.begins_after(entry.period)
            day = indicator.begins if is_new else indicator.ends
            life = f"{'from' if is_new else 'until'} {long_date(day)}" if day else ""
            yield month.of_entry(rules.OUTSIDE_LIFE, entry, life=life)


def marks_without_figure(month: Examined) -> Iterator[Finding]:
    """Marks of a period that the indicator has no figure for, in its life, or of an entry that a series lacks."""
    carrying = {name for name, series in month.folder.series.items() if series.carry}
    entries = {(entry.name, entry.period) for entry in month.workbook.entries if entry.name in carrying}
    for (name, period, part), mark in month.workbook.marks.items():
        timeline = month.figures.timelines.get(name)
        is_for_nothing = timeline is not None and _is_for_nothing(timeline, period, mark)
        is_carried = name in carrying and (name, period) not in entries
        if mark.cell and (is_for_nothing or is_carried):
            what = part.value if part else "figure"
            yield month.at(MARK_WITHOUT_FIGURE, [mark.cell], name, period, part=what)


def _is_for_nothing(timeline: Timeline, period: Period, mark: Mark) -> bool:
    """A break counts between two figures as well."""
    if period in timeline.figures or not timeline.indicator.lives_in(period):
        return False
    is_between = period.kind is timeline.now.kind and min(timeline.figures) < period < max(timeline.figures)
    return not (mark.breaks and is_between)


RULES = (
    negative,
    fractional,
    unexpected_percent,
    mixed_percent,
    above_100,
    other_frequency,
    two_kinds_of_year,
    unwanted,
    outside_life,
    marks_without_figure,
)
