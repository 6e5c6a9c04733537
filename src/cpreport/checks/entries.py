"""Rules about single cells of data: what kind of number they hold, and whether anything uses it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from statistics import median

from cpreport.checks.context import CheckContext, Row, grouped, is_above_100
from cpreport.model.figure import Benchmark, Entry, Form, State, may_be_either, per_cent
from cpreport.model.finding import Finding
from cpreport.model.indicator import Measure, Part
from cpreport.model.period import Frequency, Kind, long_date
from cpreport.model.rules import data as rules
from cpreport.model.rules import workbook as of_workbook


def is_negative(entry: Entry) -> bool:
    """Whether an entry holds a number below 0."""
    return entry.amount.number is not None and entry.amount.number < 0


def negative_numbers(month: CheckContext) -> Iterator[Entry]:
    """The numbers below 0 where none may be."""
    rows = (row for row in month.rows if not row.may_be_negative)
    return (entry for row in rows for entry in row.numbers if is_negative(entry))


def numbers_above_100(month: CheckContext) -> Iterator[Entry | Benchmark]:
    """The percentages above 100 where none may be."""
    return (each for row, each in month.amounts() if is_above_100(each.amount) and row.is_bounded)


def unfit(month: CheckContext) -> Iterator[Finding]:
    """Numbers below 0 or above 100% where none may be, fractions of children, and percentages instead of numbers."""
    for entry in negative_numbers(month):
        yield month.of(rules.NEGATIVE, entry)
    for entry in (entry for row in month.rows if row.is_whole for entry in row.numbers):
        if (entry.amount.number or 0) % 1:
            yield month.of(rules.FRACTIONAL, entry)
    for row, each in month.amounts():
        if each.amount.form is not Form.PLAIN and not row.is_percentage:
            part = each.part.value if isinstance(each, Entry) else "benchmark"
            yield month.of(rules.UNEXPECTED_PERCENT, each, part=f"the {part}")
    for each in numbers_above_100(month):
        yield month.of(rules.ABOVE_100, each, value=per_cent(each.amount))


def two_readings(month: CheckContext) -> Iterator[Finding]:
    """Percentages above 0 and at most 1 whose unit is unclear: each, or a whole row of them once; then benchmarks.

    In a plain cell, 0.95 is 0.95%, or 95% typed as a fraction.
    """

    def found(each: Entry | Benchmark, of: str, more: str = "") -> Finding:
        number = Fraction(each.amount.number or 0)
        return month.of(rules.TWO_READINGS, each, of=of, more=more, value=number, fraction=number * 100)

    for row, entries in with_two_readings(month):
        is_whole = len(entries) > 1 and len(entries) == sum(bool(entry.amount.number) for entry in row.numbers)
        more = f", and so may {len(entries) - 1} more in its row" if is_whole else ""
        yield from (found(entry, entry.period.label, more) for entry in (entries[:1] if is_whole else entries))
    for benchmark in month.workbook.benchmarks:
        if may_be_either(month.folder.indicators[benchmark.indicator], benchmark.amount):
            yield found(benchmark, benchmark.comparator)


def with_two_readings(month: CheckContext) -> Iterator[tuple[Row, list[Entry]]]:
    """The rows of percentages with entries whose unit is unclear, and these entries.

    A figure computed from its counts needs no value. Others are per cents if they are nearer to the row's known per
    cents than a hundred times as much would be. Known are those that their counts confirm and, where none is above
    100%, those above 1.
    """
    for row in month.rows:
        if row.is_percentage and (unsettled := _unsettled(month, row)):
            yield row, unsettled


def _unsettled(month: CheckContext, row: Row) -> list[Entry]:
    indicator = month.folder.indicators[row.name]
    if not any(may_be_either(indicator, entry.amount) for entry in row.numbers):
        return []
    figures = month.figures.timelines[row.name].figures
    known: list[Fraction] = []
    unsettled: list[tuple[Fraction, Entry]] = []
    for entry in row.numbers:
        number, figure = Fraction(entry.amount.number or 0), figures.get(entry.period)
        if entry.amount.form is not Form.PLAIN or number <= 0:
            continue
        if figure and figure.count is not None and figure.total:
            known += [number] if _are_alike(number, 100 * figure.count / figure.total) else []
        elif number <= 1:
            unsettled += [(number, entry)] if figure is None or figure.state is State.PRESENT else []
        elif indicator.is_bounded:
            known.append(number)
    return [entry for number, entry in unsettled if not (known and _are_alike(number, median(known)))]


def _are_alike(number: Fraction, known: Fraction) -> bool:
    """Whether a number is nearer to a larger one, in proportion, than a hundred times as much would be."""
    return number * 10 >= known


def mixed_percent(month: CheckContext) -> Iterator[Finding]:
    """The cells of a row whose percent format differs from most of the row's; workbooks may differ.

    Those that may be fractions or per cents have a finding of their own.
    """
    doubtful = {entry.cell for _, entries in with_two_readings(month) for entry in entries}
    typed = (entry for row in month.rows if row.is_percentage for entry in row.numbers)
    in_formats = (entry for entry in typed if entry.amount.form is not Form.PERCENT_TEXT)
    for entries in grouped(in_formats, lambda entry: (entry.name, entry.cell.file)).values():
        are_fractions = [entry.amount.form.is_fraction for entry in entries]
        usual = max(are_fractions, key=are_fractions.count)
        for entry in entries:
            if entry.amount.form.is_fraction is not usual and entry.cell not in doubtful:
                has, others = ("has no", "have one") if usual else ("has a", "have none")
                yield month.of(rules.MIXED_PERCENT, entry, has=has, others=others)


def unwanted(month: CheckContext) -> Iterator[Finding]:
    """Entries of another frequency; rows that an indicator takes from elsewhere or has no use for.

    Then numbers before or after an indicator's life, at the first of each row, unless others take them from there.
    """
    for row in month.rows:
        indicator = row.indicator
        if indicator is None:
            continue
        kinds = [kind for kind in Kind if kind.frequency is indicator.frequency]
        for entry in row.given:
            if entry.period.kind not in kinds:
                yield month.of(rules.OTHER_FREQUENCY, entry, wanted=indicator.frequency.value)
        source = indicator.source(row.part)
        if row.given and source:
            yield month.of(rules.ROW_AND_REFERENCE, row.given[0], source=f"{source.name}/{source.part.value}")
        elif row.given and indicator.measure is Measure.NUMBER and row.part is Part.DENOMINATOR:
            yield month.of(rules.UNWANTED_PART, row.given[0], reason="it is a number")
        for entry in row.unused[:1]:
            is_new = indicator.begins_after(entry.period)
            day = indicator.begins if is_new else indicator.ends
            life = f"{'from' if is_new else 'until'} {long_date(day)}" if day else ""
            yield month.of(rules.OUTSIDE_LIFE, entry, life=life)


def two_kinds_of_year(month: CheckContext) -> Iterator[Finding]:
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
            yield month.of(rules.TWO_KINDS_OF_YEAR, calendar, **labels)


def marks_without_figure(month: CheckContext) -> Iterator[Finding]:
    """Marks of a period that the indicator has no figure for, in its life, or of an entry that a series lacks.

    A break counts between two figures as well.
    """
    carrying = {name for name, series in month.folder.series.items() if series.carry}
    entries = {(entry.name, entry.period) for entry in month.workbook.entries if entry.name in carrying}
    for (name, period, part), mark in month.workbook.marks.items():
        is_for_nothing = name in carrying and (name, period) not in entries
        timeline = month.figures.timelines.get(name)
        if timeline and period not in timeline.figures and timeline.indicator.lives_in(period):
            is_between = period.kind is timeline.now.kind and min(timeline.figures) < period < max(timeline.figures)
            is_for_nothing = not (mark.breaks and is_between)
        if mark.cell and is_for_nothing:
            what = part.value if part else "figure"
            yield month.at(of_workbook.MARK_WITHOUT_FIGURE, [mark.cell], name, period, part=what)


def statuses_said(month: CheckContext) -> Iterator[Finding]:
    """Rows of the Status sheet that have no effect: without a figure, of one that is hidden, equal to the computed one.

    A row of the reporting period is of the newest figure; one of that figure's own period wins over it.
    """
    for (name, period), said in month.workbook.statuses.items():
        timeline = month.figures.timelines[name]
        of = timeline.newest.period if period == month.workbook.period else period
        status = timeline.statuses.get(of)
        if status is None:
            yield month.at(of_workbook.STATUS_WITHOUT_FIGURE, [said.cell], name, of)
        elif status.said is None:
            yield month.at(of_workbook.STATUS_HIDDEN, [said.cell], name, of)
        elif status.said is not said:
            yield month.at(of_workbook.STATUS_TWICE, [said.cell], name, of, first=status.said.cell.a1)
        elif status.computed is said.word:
            yield month.at(of_workbook.STATUS_AS_COMPUTED, [said.cell], name, of, word=said.word.value)


RULES = (unfit, mixed_percent, unwanted, two_kinds_of_year, marks_without_figure, statuses_said, two_readings)
