"""Rules about figures that stand still: a column copied from the last, an indicator that nobody updates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from cpreport.checks.examined import Examined, Row
from cpreport.checks.plausible.usual import number_of
from cpreport.model.figure import CellRef, Entry, Figure
from cpreport.model.finding import Finding
from cpreport.model.period import Kind, Period
from cpreport.model.rules import plausibility as rules
from cpreport.model.timeline import Timeline

CHANCE = 0.002
"""How likely a run of figures alike may be by chance, from how often neighbours in the timeline are alike."""


def copied_column(month: Examined) -> Iterator[Finding]:
    """The newest figures of a kind of period if all equal those of the period before, at the first in the workbook.

    Series that carry and rows that never move do not count, nor those without a figure in both periods.
    """
    rows = [row for row in month.rows if _moves(month, row)]
    for newest in _newest(month, rows):
        both = [(_of(row, newest), _of(row, newest.shift(-1))) for row in rows]
        pairs = [(entry, earlier) for entry, earlier in both if entry and earlier]
        is_copied = all(number_of(entry.amount) == number_of(earlier.amount) for entry, earlier in pairs)
        if is_copied and len(pairs) >= month.folder.plausibility.copied:
            first = min((entry for entry, _ in pairs), key=_position)
            yield month.of_entry(rules.COLUMN_COPIED, first, earlier=newest.shift(-1).label, number=len(pairs))


def _newest(month: Examined, rows: Sequence[Row]) -> list[Period]:
    """The newest period with figures of each kind that has a table, up to the newest that a table shows."""
    nows: dict[Kind, Period] = {}
    for timeline in month.figures.timelines.values():
        nows[timeline.now.kind] = max(timeline.now, nows.get(timeline.now.kind, timeline.now))
    newest: dict[Kind, Period] = {}
    for period in {entry.period for row in rows for entry in row.numbers}:
        if period.kind in nows and period <= nows[period.kind]:
            newest[period.kind] = max(period, newest.get(period.kind, period))
    return sorted(newest.values())


def _of(row: Row, period: Period) -> Entry | None:
    return next((entry for entry in reversed(row.numbers) if entry.period == period), None)


def _moves(month: Examined, row: Row) -> bool:
    series = month.folder.series.get(row.name)
    return not (series and series.carry) and len({entry.amount.number for entry in row.numbers}) > 1


def _position(entry: Entry) -> tuple[bool, str, int, int]:
    """Data before other sheets, then from above."""
    cell = entry.cell
    return cell.sheet.strip().lower() != "data", cell.sheet, cell.row, cell.column


def unchanged(month: Examined) -> Iterator[Finding]:
    """Indicators whose newest figures are all alike, numerators and denominators too, although the timeline moves."""
    limit = month.folder.plausibility.unchanged
    for timeline in month.reported():
        newest = timeline.newest
        if newest.value is None or not newest.cells or timeline.at(newest.period.shift(-1)).value != newest.value:
            continue
        known = _known(timeline)
        run = next((at for at, key in enumerate(reversed(known)) if key != known[-1]), len(known))
        if run >= limit and _moves_often(known[:-run], known[-1], run, month.folder.plausibility.history):
            cells, values = [_own_cell(newest)], {"value": timeline.indicator.printed(newest.value), "number": run}
            yield month.at(rules.UNCHANGED, cells, timeline.indicator.id, newest.period, **values)


Parts = tuple[Fraction | None, Fraction | None, Fraction | None]


def _known(timeline: Timeline) -> list[Parts]:
    """What each figure up to the newest consists of, oldest first; those that are missing left out."""
    return [(figure.value, figure.count, figure.total) for figure in timeline.until_now() if figure.value is not None]


def _moves_often(earlier: Sequence[Parts], now: Parts, run: int, least: int) -> bool:
    """Whether so many figures alike are no chance, by how often neighbours before were alike, or were this figure."""
    if len(earlier) < least:
        return False
    alike = sum(one == other for one, other in pairwise(earlier))
    share = (max(alike, earlier.count(now)) + 0.5) / len(earlier)
    return share ** (run - 1) <= CHANCE


def _own_cell(figure: Figure) -> CellRef:
    own = (part.cells[0] for part in figure.parts if part.is_own and part.cells)
    return next(own, figure.cells[0])


RULES = (copied_column, unchanged)
