"""The sheet Breakdowns: counts by category, or shares of a group of which no counts are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.cells.values import Trait
from cpreport.inputs.workbook.meaning import quoted, read_amount, shown
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Form, State, cell_place, per_cent
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Breakdown, category_key
from cpreport.model.period import Period, long_date
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import NOT_A_NUMBER
from cpreport.model.workbook import BreakdownCount


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a cell of the column Count says: a count, a share in per cent, or why there is neither."""

    count: int | None = None
    share: Fraction | None = None
    state: State = State.PRESENT


def read_breakdowns(
    book: Spreadsheet, folder: ReportFolder, period: Period
) -> tuple[list[BreakdownCount], list[Finding]]:
    """The Breakdowns sheet's counts; those without a period are of this one, the workbook's own.

    A category or group is spelled as the order of its breakdown has it, or as it is typed first.
    """
    rows, findings = read_rows(book, "Breakdowns")
    elsewhere = [id for other in folder.others for id in other.breakdowns]
    spelled = {(each.id, category_key(name)): name for each in folder.breakdowns.values() for name in each.order}
    counts: dict[tuple[str, str, str, Period], BreakdownCount] = {}
    kinds: dict[tuple[str, str, Period], BreakdownCount] = {}
    places: dict[str, dict[str, Place]] = {}
    for row in rows:
        name = row.one_of("breakdown", [*folder.breakdowns], elsewhere, rules.BREAKDOWN_UNKNOWN)
        when = row.period(folder.terms, blank=period)
        dates = [_is_dated(row, header) for header in ("category", "group")]
        cell = _Cell(state=State.ERROR) if any(dates) else _cell(row)
        if name is None or when is None:
            continue
        texts = (row.text("category"), row.text("group"))
        category, group = (spelled.setdefault((name, category_key(text)), text) for text in texts)
        places.setdefault(name, {}).setdefault(category, row.place("category"))
        count = BreakdownCount(name, category, group, cell.count, when, row.cell("count"), cell.state, cell.share)
        if first := counts.get((name, category, group, when)):
            row.add(rules.BREAKDOWN_TWICE, "category", category=category, first=first.cell.a1)
            continue
        if cell.count is not None or cell.share is not None:
            alike = kinds.setdefault((name, group, when), count)
            if (alike.share is None) is not (cell.share is None):
                row.add(rules.BREAKDOWN_MIXED, "count", first=alike.cell.a1)
                count = replace(count, count=None, share=None, state=State.ERROR)
        counts[name, category, group, when] = count
    for (name, group, when), count in kinds.items():
        if not group and count.share is None and _has_groups(kinds, name, when):
            findings.append(rules.BREAKDOWN_NO_GROUP.at(cell_place(book.file, count.cell), breakdown=name))
    for name, found in places.items():
        findings += _out_of_order(folder.breakdowns[name], found)
    return list(counts.values()), findings


def _has_groups(first: Mapping[tuple[str, str, Period], BreakdownCount], name: str, when: Period) -> bool:
    """Whether a breakdown has counts of named groups in a period; `first` has the first of each group."""
    return any(each.group and each.share is None and key[::2] == (name, when) for key, each in first.items())


def _out_of_order(breakdown: Breakdown, places: Mapping[str, Place]) -> Iterator[Finding]:
    """Names in a breakdown's order that no row has, and categories that it leaves out, each at its first place."""
    others = [name for name in places if name not in breakdown.order]
    for name in breakdown.order:
        if name not in places:
            place = replace(next(iter(places.values())), cell="")
            values = {"name": name, "breakdown": breakdown.id, "nearest": nearest(name, others)}
            yield rules.BREAKDOWN_ORDER.at(place, **values)
    for name in others if breakdown.order else ():
        yield rules.BREAKDOWN_NOT_IN_ORDER.at(places[name], category=quoted(name), breakdown=breakdown.id)


def _is_dated(row: Row, header: str) -> bool:
    """Whether a name is a date, which Excel makes of `5-9`: a finding."""
    value, trait = row.value(header) if header in row.table.columns else ("", None)
    if not isinstance(value, date):
        return False
    meant = _meant(value, trait)
    row.add(rules.BREAKDOWN_DATE, header, day=long_date(value), meant=f", as {meant}" if meant else "")
    return True


def _meant(day: date, trait: Trait | None) -> str:
    """What was typed that Excel took for a date: `5-9` for 5 September or 9 May, `10-15` for October 2015."""
    is_day = trait is not None and bool(trait & Trait.YEARLESS_DATE)
    typed = [(day.day, day.month), (day.month, day.day)] if is_day else [(day.month, day.year % 100)] * (day.day == 1)
    return next((f"{low}-{high}" for low, high in typed if low < high), "")


def _cell(row: Row) -> _Cell:
    """A whole number of children that is not negative, or a share in per cent; a finding where it is neither."""
    value, trait = row.value("count")
    amount, problem = read_amount(value, trait)
    number, place = per_cent(amount), row.place("count")
    is_share = amount.form is not Form.PLAIN and number is not None and 0 <= number <= 100
    is_count = amount.form is Form.PLAIN and number is not None and number == int(number) and number >= 0
    is_read = is_share or is_count or amount.state is State.BLANK
    found = problem.at(place) if problem and problem.rule is not NOT_A_NUMBER else None
    if not (is_read or (found and found.is_error)):
        found = rules.BREAKDOWN_COUNT.at(place, value=shown(value) if amount.form is Form.PLAIN else amount.text)
    row.findings.extend([found] if found else [])
    if not is_read:
        return _Cell(state=State.CONFIDENTIAL if amount.state is State.CONFIDENTIAL else State.ERROR)
    return _Cell(share=number) if is_share else _Cell(None if number is None else int(number))
