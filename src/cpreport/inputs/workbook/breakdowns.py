"""The Breakdowns sheet."""

from __future__ import annotations

from cpreport.inputs.workbook.amounts import read_amount, shown
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Form, State
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import NOT_A_NUMBER
from cpreport.model.workbook import BreakdownCount


def read_breakdowns(
    book: Spreadsheet, folder: ReportFolder, period: Period
) -> tuple[list[BreakdownCount], list[Finding]]:
    """The Breakdowns sheet's counts; those without a period are of this one, the workbook's own."""
    rows, findings = read_rows(book, "Breakdowns")
    elsewhere = [id for other in folder.others for id in other.breakdowns]
    counts: dict[tuple[str, str, str, Period], BreakdownCount] = {}
    for row in rows:
        name = row.one_of("breakdown", [*folder.breakdowns], elsewhere, rules.BREAKDOWN_UNKNOWN)
        when = row.period(folder.terms, blank=period)
        count, state = _count(row)
        if name is None or when is None:
            continue
        key = (name, row.text("category"), row.text("group"), when)
        if first := counts.get(key):
            row.add(rules.BREAKDOWN_TWICE, "category", category=key[1], first=first.cell.a1)
        counts.setdefault(key, BreakdownCount(*key[:3], count, when, row.cell("count"), state))
    return list(counts.values()), findings


def _count(row: Row) -> tuple[int | None, State]:
    """A whole number of children that is not negative; None for a blank and for what is none."""
    value, trait = row.value("count")
    amount, problem = read_amount(value, trait)
    number, place = amount.number, row.place("count")
    is_count = number is not None and amount.form is Form.PLAIN and number == int(number) and number >= 0
    is_blank = amount.state is State.BLANK
    found = problem.at(place) if problem and problem.rule is not NOT_A_NUMBER else None
    if not (is_count or is_blank or (found and found.is_error)):
        found = rules.BREAKDOWN_COUNT.at(place, value=shown(value))
    row.findings.extend([found] if found else [])
    if is_blank or (number is not None and is_count):
        return None if number is None else int(number), State.PRESENT
    return None, State.CONFIDENTIAL if amount.state is State.CONFIDENTIAL else State.ERROR
