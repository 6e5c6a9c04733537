"""The Breakdowns sheet."""

from __future__ import annotations

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import read_amount, shown
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.periods import read_period
from cpreport.inputs.workbook.tables import SheetTable, clean_texts, known_table, quoted
from cpreport.model.figure import Form, State
from cpreport.model.finding import Finding, nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import NOT_A_NUMBER
from cpreport.model.workbook import BreakdownCount


def read_breakdowns(
    book: Spreadsheet, folder: ReportFolder, period: Period
) -> tuple[list[BreakdownCount], list[Finding]]:
    """The Breakdowns sheet's counts; those without a period are of this one, the workbook's own."""
    table, findings = known_table(book, "Breakdowns", ("Breakdown", "Category", "Count"), ("Group", "Period"))
    if table is None:
        return [], findings
    findings += clean_texts(table, ("breakdown", "category", "group"))
    known = {name.lower(): name for name in folder.breakdowns}
    counts: dict[tuple[str, str, str, Period], BreakdownCount] = {}
    for row in table.records("category", "group", "count", "period"):
        text, category, group = (table.text(row, header) for header in ("breakdown", "category", "group"))
        when, finding = read_period(table, row, "period", folder.terms)
        count, state, problems = _count(table, row)
        findings += [*problems, *([finding] if finding else [])]
        name = known.get(text.lower())
        if name is None:
            near, declared = nearest(text, known.values()), [*known.values()]
            place = table.place(row, "breakdown")
            is_of_another = any(text.lower() == id.lower() for other in folder.others for id in other.breakdowns)
            texts = {"name": quoted(text), "nearest": near, "known": declared}
            findings.append(unknown(rules.BREAKDOWN_UNKNOWN, place, is_of_another, **texts))
        if name is None or finding:
            continue
        key = (name, category, group, when or period)
        cell = table.cell(row, table.columns["count"])
        if first := counts.get(key):
            place = table.place(row, "category")
            findings.append(rules.BREAKDOWN_TWICE.at(place, category=category, first=first.cell.a1))
        counts.setdefault(key, BreakdownCount(*key[:3], count, key[3], cell, state))
    return list(counts.values()), findings


def _count(table: SheetTable, row: int) -> tuple[int | None, State, list[Finding]]:
    """A whole number of children that is not negative; None for a blank and for what is none."""
    value, trait = table.cell_of(row, "count")
    amount, problem = read_amount(value, trait)
    place = table.place(row, "count")
    is_no_number = problem is not None and problem.rule is NOT_A_NUMBER
    findings = [problem.at(place)] if problem and not is_no_number else []
    number = amount.number
    if amount.state is State.BLANK:
        return None, State.PRESENT, findings
    if number is not None and amount.form is Form.PLAIN and number == int(number) and number >= 0:
        return int(number), State.PRESENT, findings
    state = State.CONFIDENTIAL if amount.state is State.CONFIDENTIAL else State.ERROR
    errors = [finding for finding in findings if finding.is_error]
    return None, state, errors or [rules.BREAKDOWN_COUNT.at(place, value=shown(value))]
