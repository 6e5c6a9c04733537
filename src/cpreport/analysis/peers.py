"""What peers publish, and what it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from cpreport.analysis.value import value_of
from cpreport.model.figure import (
    NOTHING_THERE,
    Amount,
    Average,
    Benchmark,
    Figure,
    Form,
    Given,
    State,
    most_doubtful,
    per_cent,
)
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Indicator, Measure, Part
from cpreport.model.number import rounded_units
from cpreport.model.peers import Averaging, PeerFigures, PeerGroup, PeerRow, Peers, authority_key
from cpreport.model.period import Period
from cpreport.model.sums import addend
from cpreport.model.timeline import Timeline
from cpreport.model.workbook import Workbook, marked_confidential, own_authority

_Published = Mapping[str, Mapping[Period, Figure]]
"""An indicator's figures by the authority's key and by period."""


def peers_of(workbook: Workbook, folder: ReportFolder) -> Peers:
    """What the members of each group publish of each indicator in the sheet Peers; `ours` are those of the sheet.

    Rows after the reporting period, of another kind of period than the indicator's, and blank ones are left out.
    """
    us, marked = own_authority(workbook, folder), marked_confidential(workbook.marks)
    names: dict[str, str] = {}
    published: dict[str, dict[str, dict[Period, Figure]]] = {}
    for row in workbook.peers:
        key, indicator = authority_key(row.authority), folder.indicators[row.name]
        names.setdefault(key, row.authority)
        figures = published.setdefault(row.name, {}).setdefault(key, {})
        is_blank = all(entry.amount.state is State.BLANK for entry in row.entries)
        is_of_kind = row.period.kind.frequency is indicator.frequency
        if is_of_kind and not is_blank and row.period.end <= workbook.period.end:
            figure = _figure(indicator, row)
            is_hidden = key == authority_key(us) and (row.name, row.period) in marked
            figures[row.period] = replace(figure, state=State.CONFIDENTIAL, value=None) if is_hidden else figure
    others = [name for key, name in names.items() if key != authority_key(us)]
    return {
        group.id: {
            name: _in_group(group, group.members or others, us, folder.indicators[name], figures)
            for name, figures in published.items()
        }
        for group in folder.peers
    }


def _figure(indicator: Indicator, row: PeerRow) -> Figure:
    filled = [each for each in row.entries if each.amount.state is not State.BLANK]
    given = {each.part: Given(each.amount.state, per_cent(each.amount), (each.cell,)) for each in filled}
    numerator, denominator, value = (given.get(part) for part in (Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE))
    status = most_doubtful(entry.amount.status for entry in row.entries)
    state, number = value_of(indicator, numerator, denominator, value)
    return Figure(row.period, state, number, numerator, denominator, value, status)


def _in_group(
    group: PeerGroup, members: Sequence[str], us: str, indicator: Indicator, published: _Published
) -> PeerFigures:
    figures = {name: published.get(authority_key(name), {}) for name in members}
    periods = sorted({period for each in figures.values() for period in each}, key=lambda period: period.end)
    averages = {period: _average(group, indicator, figures, period) for period in periods}
    averaged = [period for period in periods if averages[period].state is not State.BLANK]
    ours = published.get(authority_key(us), {})
    return PeerFigures(group, figures, averages, averaged[-1] if averaged else None, us, ours)


def _average(group: PeerGroup, indicator: Indicator, published: _Published, period: Period) -> Average:
    """The average of the known figures of a period; refused where one cannot be read, or too few are known."""
    figures = [figure for each in published.values() if (figure := each.get(period))]
    known = [figure for figure in figures if figure.value is not None]
    if group.average is Averaging.POOLED:
        known = [figure for figure in known if (parts := addend(indicator, figure)) and parts[1] > 0]
    wrong = [figure for figure in figures if figure.state is State.ERROR]
    cells = tuple(cell for figure in wrong or known for cell in figure.cells)
    state = State.ERROR if wrong else State.BLANK if len(known) < group.fewest else State.PRESENT
    value = averaged(group.average, indicator, known) if state is State.PRESENT else None
    is_pooled = group.average is Averaging.POOLED
    return Average(state, value, len(known), len(published), cells, tuple(known), is_pooled)


def averaged(how: Averaging, indicator: Indicator, figures: Sequence[Figure]) -> Fraction:
    """The average of at least one known figure: pooled with its count and total. A number pooled is its mean."""
    if how is Averaging.MEAN:
        return sum((figure.value or Fraction(0) for figure in figures), Fraction(0)) / len(figures)
    addends = [each for figure in figures if (each := addend(indicator, figure))]
    count, total = (sum(numbers, Fraction(0)) for numbers in zip(*addends, strict=True))
    return indicator.per * count / total


def benchmarks_of(peers: Peers, folder: ReportFolder, stated: Period | None) -> Iterator[Benchmark]:
    """The averages of the periods in which enough members are known, oldest first, as benchmarks.

    `stated` is the report's benchmark period.
    """
    for group, by_indicator in peers.items():
        for name, each in by_indicator.items():
            for period, average in each.averages.items():
                if average.state is not State.BLANK:
                    amount, label = _amount(folder.indicators[name], average), "" if period == stated else period.label
                    cell, ends = average.cells[0], period.end
                    yield Benchmark(name, group, amount, cell, label, ends=ends, average=average)


def _amount(indicator: Indicator, average: Average) -> Amount:
    """An average as a cell would say it, with the decimals it prints with."""
    if average.value is None:
        return Amount(average.state)
    decimals = indicator.benchmark_decimals
    form = Form.PERCENT_TEXT if indicator.measure is Measure.PERCENTAGE else Form.PLAIN
    number = Decimal(rounded_units(average.value, decimals)).scaleb(-decimals)
    return Amount(average.state, number, form=form)


def with_ours(peers: Peers, timelines: Mapping[str, Timeline]) -> Peers:
    """The same with our own figures, which win over those of the sheet; one is confidential if either is."""
    return {
        group: {
            name: replace(each, ours={**each.ours, **dict(_ours(each.ours, timelines[name]))})
            for name, each in by_indicator.items()
        }
        for group, by_indicator in peers.items()
    }


def _ours(of_sheet: Mapping[Period, Figure], timeline: Timeline) -> Iterator[tuple[Period, Figure]]:
    for period, figure in timeline.figures.items():
        typed = of_sheet.get(period)
        is_hidden = typed is not None and typed.state is State.CONFIDENTIAL
        if figure.state not in NOTHING_THERE and not is_hidden:
            yield period, figure
