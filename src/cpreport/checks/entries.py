"""Rules about single cells of data: what kind of number stands in them, and whether anything wants it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from cpreport.checks.examined import Examined, is_above_100, number_text
from cpreport.checks.fractions import with_two_readings
from cpreport.model.figure import Amount, Entry, Form, Mark, cell_place, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Measure, Part
from cpreport.model.period import Frequency, Kind, Period, long_date
from cpreport.model.rules import data as rules
from cpreport.model.rules.workbook import MARK_WITHOUT_FIGURE
from cpreport.model.timeline import Timeline


def negative(month: Examined) -> Iterator[Finding]:
    for row in month.rows:
        for entry in () if row.may_be_negative else row.numbers:
            if (entry.amount.number or 0) < 0:
                yield rules.NEGATIVE.at(month.place(entry), **_named(entry), value=entry.amount.text)


def fractional(month: Examined) -> Iterator[Finding]:
    """Numerators, denominators and whole numbers count children."""
    for row in month.rows:
        for entry in row.numbers if row.is_whole else ():
            if (entry.amount.number or 0) % 1:
                yield rules.FRACTIONAL.at(month.place(entry), **_named(entry), value=entry.amount.text)


def unexpected_percent(month: Examined) -> Iterator[Finding]:
    for row in month.rows:
        for entry in () if row.is_percentage else row.numbers:
            if entry.amount.form is not Form.PLAIN:
                yield rules.UNEXPECTED_PERCENT.at(month.place(entry), name=entry.name, part=f"the {entry.part.value}")
    for benchmark in month.workbook.benchmarks:
        indicator = month.folder.indicators[benchmark.indicator]
        if benchmark.amount.form is not Form.PLAIN and indicator.measure is not Measure.PERCENTAGE:
            place = cell_place(month.workbook.file, benchmark.cell, indicator=indicator.id)
            yield rules.UNEXPECTED_PERCENT.at(place, name=indicator.id, part="the benchmark")


def mixed_percent(month: Examined) -> Iterator[Finding]:
    """The cells of a row whose percent format differs from most of the row's; workbooks may differ.

    Those that may be fractions or per cents are told as that.
    """
    rows: dict[tuple[str, str], list[Entry]] = {}
    percentages = [row for row in month.rows if row.is_percentage]
    doubtful = {entry.cell for row in percentages for entry in with_two_readings(month, row)}
    for entry in (entry for row in percentages for entry in row.numbers):
        if entry.amount.form is not Form.PERCENT_TEXT:
            rows.setdefault((entry.name, entry.cell.file), []).append(entry)
    for entries in rows.values():
        are_fractions = [entry.amount.form.is_fraction for entry in entries]
        usual = max(are_fractions, key=are_fractions.count)
        for entry in entries:
            if entry.amount.form.is_fraction is not usual and entry.cell not in doubtful:
                has, others = ("has no", "have one") if usual else ("has a", "have none")
                yield rules.MIXED_PERCENT.at(month.place(entry), name=entry.name, has=has, others=others)


def above_100(month: Examined) -> Iterator[Finding]:
    for row in month.rows:
        if row.indicator is None or row.part is not Part.VALUE or not row.indicator.is_bounded:
            continue
        for entry in row.numbers:
            if is_above_100(entry.amount):
                yield rules.ABOVE_100.at(month.place(entry), **_named(entry), value=_per_cent_text(entry.amount))
    for benchmark in month.workbook.benchmarks:
        indicator = month.folder.indicators[benchmark.indicator]
        if indicator.is_bounded and is_above_100(benchmark.amount):
            place = cell_place(month.workbook.file, benchmark.cell, indicator=indicator.id)
            named = {"name": indicator.id, "period": benchmark.comparator, "value": _per_cent_text(benchmark.amount)}
            yield rules.ABOVE_100.at(place, **named)


def _per_cent_text(amount: Amount) -> str:
    return number_text(per_cent(amount) or Fraction(0))


def other_frequency(month: Examined) -> Iterator[Finding]:
    for row in month.rows:
        if row.indicator is None:
            continue
        wanted = row.indicator.frequency
        kinds = tuple(kind for kind in Kind if kind.frequency is wanted)
        for entry in row.given:
            if entry.period.kind not in kinds:
                named = {"name": entry.name, "wanted": wanted.value, "period": entry.period.label}
                yield rules.OTHER_FREQUENCY.at(month.place(entry), **named)


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
            named = {"financial": financial.period.label, "calendar": calendar.period.label}
            yield rules.TWO_KINDS_OF_YEAR.at(month.place(calendar), name=name, **named)


def unwanted(month: Examined) -> Iterator[Finding]:
    """Rows that an indicator takes from elsewhere or has no use for."""
    for row in month.rows:
        if row.indicator is None or not row.given:
            continue
        source, place = row.indicator.source(row.part), month.place(row.given[0])
        named = {"name": row.name, "part": row.part.value}
        if source:
            where = f"{source.name}/{source.part.value}"
            yield rules.ROW_AND_REFERENCE.at(place, **named, source=where)
        elif row.indicator.measure is Measure.NUMBER and row.part is Part.DENOMINATOR:
            yield rules.UNWANTED_PART.at(place, **named, reason="it is a number")


def outside_life(month: Examined) -> Iterator[Finding]:
    """Numbers before or after an indicator's life, at the first of each row, unless others take them from there."""
    for row in month.rows:
        indicator = row.indicator
        if indicator and row.unused:
            entry = row.unused[0]
            is_new = indicator.begins_after(entry.period)
            day = indicator.begins if is_new else indicator.ends
            life = f"{'from' if is_new else 'until'} {long_date(day)}" if day else ""
            yield rules.OUTSIDE_LIFE.at(month.place(entry), **_named(entry), life=life)


def marks_without_figure(month: Examined) -> Iterator[Finding]:
    """Marks of a period that the indicator has no figure for, in its life, or of an entry that a series lacks."""
    carrying = {name for name, series in month.folder.series.items() if series.carry}
    entries = {(entry.name, entry.period) for entry in month.workbook.entries if entry.name in carrying}
    for (name, period, part), mark in month.workbook.marks.items():
        timeline = month.figures.timelines.get(name)
        is_for_nothing = timeline is not None and _is_for_nothing(timeline, period, mark)
        is_carried = name in carrying and (name, period) not in entries
        if mark.cell and (is_for_nothing or is_carried):
            place = cell_place(month.workbook.file, mark.cell, name, period.label)
            what = part.value if part else "figure"
            yield MARK_WITHOUT_FIGURE.at(place, name=name, period=period.label, part=what)


def _is_for_nothing(timeline: Timeline, period: Period, mark: Mark) -> bool:
    """A break counts between two figures as well."""
    if period in timeline.figures or not timeline.indicator.lives_in(period):
        return False
    is_between = period.kind is timeline.now.kind and min(timeline.figures) < period < max(timeline.figures)
    return not (mark.breaks and is_between)


def _named(entry: Entry) -> dict[str, str]:
    return {"name": entry.name, "period": entry.period.label, "part": entry.part.value}


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
