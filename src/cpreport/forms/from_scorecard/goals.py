"""What the figures of a scorecard are held against, in a draft: targets, their tolerance, and benchmarks."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from cpreport.forms.from_scorecard.draft import Answer, Draft
from cpreport.forms.from_scorecard.measures import Measured
from cpreport.forms.from_scorecard.names import Named, comparator
from cpreport.inputs.definitions.indicators_sheet import cell_of
from cpreport.inputs.workbook.scorecard.values import FigureCell, Label
from cpreport.model.figure import CellRef, Form, per_cent
from cpreport.model.indicator import Measure
from cpreport.model.number import decimals_of
from cpreport.model.period import TERMS, Period

_HIGH = 50
"""The target from which on percentages have the wider tolerance."""

_MOST_DECIMALS = 12
_ANOTHER = "another cell of its row gives the target"


def add_targets(draft: Draft, of: Named, found: Measured, row: int) -> None:
    """The target of a line, or its targets by the periods that they are of; and the tolerance."""
    dated: list[tuple[Period, CellRef]] = []
    always: list[CellRef] = []
    labels = [(each.dated(TERMS), each.cell) for each in of.line.labels if each.label is Label.TARGET]
    for period, cell in [*((each.period, each.cell) for each in of.line.figures if each.part is None), *labels]:
        if draft.source.is_blank(cell):
            continue
        reason = draft.why_not(cell) or _no_target(per_cent(draft.source.amount(cell)))
        is_given = any(period == other for other, _ in dated) if period else bool(dated or always)
        if reason or is_given:
            draft.leave(cell, f"{of.name} target", reason or _ANOTHER, Answer("Indicators", row, "target"))
        elif period:
            dated.append((period, cell))
        else:
            always.append(cell)
    dated.sort(key=lambda each: each[0].start)
    if dated:
        _add_dated(draft, of, dated, row)
    elif always:
        draft.put(Answer("Indicators", row, "target"), draft.source.copied(always[0]), always[0])
    _add_tolerance(draft, of, found, [cell for _, cell in dated] or always, row)


def _no_target(number: Fraction | None) -> str:
    """Why a number can be no target; empty where it can."""
    if number is None:
        return "a target is a number"
    return "a target has at most 12 decimals" if number and decimals_of(number) > _MOST_DECIMALS else ""


def _add_dated(draft: Draft, of: Named, dated: list[tuple[Period, CellRef]], row: int) -> None:
    """Targets from the first day of each period that has another one than before."""
    targets: list[dict[str, object]] = []
    for period, cell in dated:
        amount = draft.source.amount(cell)
        number = float(per_cent(amount) or 0)
        value = number if amount.form is Form.PLAIN else f"{number:.15g}%"
        if not targets or targets[-1]["value"] != value:
            targets.append({"from": period.start, "value": value})
    at = Answer("Indicators", row, "targets")
    draft.put(at, cell_of("targets", targets), *(cell for _, cell in dated))
    periods = [period for period, _ in dated]
    newest = max((each.period for each in of.line.figures if _is_given(draft, each)), default=None)
    if newest and periods[-1].end < newest.start:
        what = f"{of.name}: the newest target is for {periods[-1].label}: does it still hold for {newest.label}?"
        draft.ask(dated[-1][1], what, at)
    elif any(later.months_after(earlier) > _months(later) for earlier, later in pairwise(periods)):
        what = f"{of.name}: a target holds until the next one, also where the source has none between."
        draft.ask(dated[0][1], what, at, False)


def _is_given(draft: Draft, figure: FigureCell) -> bool:
    return figure.part is not None and not draft.source.is_blank(figure.cell)


def _months(period: Period) -> int:
    return period.months_after(period.shift(-1))


def _add_tolerance(draft: Draft, of: Named, found: Measured, targets: list[CellRef], row: int) -> None:
    """The tolerance as it is typed; else the usual one, written out for the board to confirm."""
    at = Answer("Indicators", row, "tolerance")
    for each in of.line.labels:
        if each.label is Label.TOLERANCE and not draft.source.is_blank(each.cell):
            if reason := draft.rejected.get(each.cell) or (
                "its row gives another tolerance" if at in draft.cells else ""
            ):
                draft.leave(each.cell, f"{of.name} tolerance", reason, at)
            else:
                _add_typed_tolerance(draft, of, each.cell, at)
    if not targets or at in draft.cells:
        return
    is_high = {(per_cent(draft.source.amount(cell)) or Fraction(0)) >= _HIGH for cell in targets}
    if found.measure is not Measure.PERCENTAGE:
        draft.put(at, "10%")
    elif len(is_high) == 1:
        draft.put(at, "5 points" if is_high == {True} else "2 points")
    what = (
        "How far a figure may miss its target and be close to it is assumed: 5 points for a percentage with a target of"
        " 50 or more, 2 points with a lower one, otherwise 10% of the target. Please confirm with your board."
    )
    draft.ask(targets[0], what, at, False)


def _add_typed_tolerance(draft: Draft, of: Named, cell: CellRef, at: Answer) -> None:
    """A plain number is in the unit of the figures: points."""
    amount = draft.source.amount(cell)
    is_points = draft.source.is_number(cell) and amount.form is Form.PLAIN and amount.number
    draft.put(at, f"{amount.number:f} points" if is_points else draft.source.copied(cell), cell)
    if amount.number:
        of_what = "points, in the unit of the figures" if is_points else "as typed: per cents of the target"
        draft.ask(cell, f"{of.name}: the tolerance {draft.source.shown(cell)} is {of_what}.", at, False)


def add_benchmarks(draft: Draft, of: Named, row: int) -> None:
    """A row of the sheet Benchmarks for each; they print with as many decimals as in the source."""
    decimals: list[int] = []
    for each in of.line.labels:
        if each.label is not Label.BENCHMARK:
            continue
        name = comparator(each.name)
        if reason := draft.why_not(each.cell):
            draft.leave(each.cell, f"{of.name} {name}", reason)
            continue
        line = draft.new_row("Benchmarks")
        for header, text in (("Indicator", of.id), ("Benchmark", name), ("Period", each.period)):
            draft.put(Answer("Benchmarks", line, header), text, each.cell)
        draft.put(Answer("Benchmarks", line, "Value"), draft.source.copied(each.cell), each.cell)
        if draft.source.amount(each.cell).number is not None:
            decimals.append(draft.source.decimals(each.cell))
    if decimals:
        draft.put(Answer("Indicators", row, "benchmark_decimals"), min(max(decimals), 6))
