"""The Marks sheet: markers that stand apart from the figures."""

from __future__ import annotations

from cpreport.inputs.workbook.amounts import MARKERS, STATUSES, marker_state, quoted, unread
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import Names
from cpreport.inputs.workbook.layouts import PARTS
from cpreport.inputs.workbook.rows import Row, read_rows
from cpreport.model.figure import Mark
from cpreport.model.finding import Finding, nearest
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import UNKNOWN_FIGURE
from cpreport.model.workbook import Marks


def read_marks(book: Spreadsheet, names: Names, terms: Terms) -> tuple[Marks, list[Finding]]:
    """The marks, and what is wrong with them; the figure of one that cannot be read is not printed."""
    rows, findings = read_rows(book, "Marks")
    marks: dict[tuple[str, Period, Part | None], Mark] = {}
    for row in rows:
        name = row.indicator(names, rules.MARK_UNWANTED)
        period = row.period(terms, is_required=True)
        mark, figure = _mark(row), row.text("figure")
        part = Part.VALUE if not figure and name in names.series else PARTS.get(figure.lower())
        if figure and part is None:
            row.add(UNKNOWN_FIGURE, "figure", value=quoted(figure), nearest=nearest(figure, PARTS))
        if name and period:
            marks[name, period, part] = marks.get((name, period, part), Mark()).joined(mark)
    return marks, findings


def _mark(row: Row) -> Mark:
    """What a row says of a figure; one that cannot be read is a finding, and hides the figure."""
    typed, note, cell = row.text("mark"), row.text("note"), row.cell("mark")
    text = typed.lower()
    if text == "[b]":
        return Mark(breaks=True, note=note, cell=cell)
    if text in STATUSES:
        return Mark(status=STATUSES[text], note=note, cell=cell)
    if state := marker_state(text):
        return Mark(state=state, note=note, cell=cell)
    known = ", ".join([*MARKERS, *STATUSES, "[b]"]).replace("n/a", "N/A")
    row.add(rules.UNKNOWN_MARK, "mark", value=quoted(typed), known=known)
    return Mark(unread(typed).state)
