"""The Marks sheet: markers that stand apart from the figures."""

from __future__ import annotations

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.amounts import MARKERS, STATUSES, marker_state, unread
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import Names, name_not_text
from cpreport.inputs.workbook.periods import read_period
from cpreport.inputs.workbook.tables import clean_texts, known_table, quoted
from cpreport.model.figure import CellRef, Mark
from cpreport.model.finding import Finding, nearest
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import Marks


def read_marks(book: Spreadsheet, names: Names, terms: Terms) -> tuple[Marks, list[Finding]]:
    """The marks, and what is wrong with them; the figure of one that cannot be read is not printed."""
    table, findings = known_table(book, "Marks", ("Indicator", "Period", "Mark"), ("Figure", "Note"))
    if table is None:
        return {}, findings
    findings += clean_texts(table, ("indicator", "figure", "mark", "note"))
    marks: dict[tuple[str, Period, Part | None], Mark] = {}
    for row in table.records("period", "figure", "mark"):
        text, figure, note = (table.text(row, header) for header in ("indicator", "figure", "note"))
        misread = name_not_text(table, row, names.find)
        name = None if misread else names.find(text)
        mark = _mark(table.text(row, "mark"), note, table.cell(row, table.columns["mark"]))
        period, finding = read_period(table, row, "period", terms)
        part = Part(figure.lower()) if figure.lower() in [p.value for p in Part] else None
        part = Part.VALUE if not figure and name in names.series else part
        if name is None:
            texts = {"name": quoted(text), "nearest": names.nearest(text)}
            place = table.place(row, "indicator")
            unwanted = unknown(rules.MARK_UNWANTED, place, names.is_of_another(text), **texts)
            findings.append(misread or unwanted)
        if finding or period is None:
            place = table.place(row, "period")
            findings.append(finding or data_rules.UNKNOWN_PERIOD.at(place, value=quoted(""), reason=""))
        if mark is None:
            known = ", ".join([*MARKERS, *STATUSES, "[b]"]).replace("n/a", "N/A")
            value = quoted(table.text(row, "mark"))
            findings.append(rules.UNKNOWN_MARK.at(table.place(row, "mark"), value=value, known=known))
        if figure and part is None:
            near, place = nearest(figure, [p.value for p in Part]), table.place(row, "figure")
            findings.append(data_rules.UNKNOWN_FIGURE.at(place, value=quoted(figure), nearest=near))
        if name and period:
            told = mark or Mark(unread(table.text(row, "mark")).state)
            marks[name, period, part] = marks.get((name, period, part), Mark()).joined(told)
    return marks, findings


def _mark(text: str, note: str, cell: CellRef) -> Mark | None:
    text = text.lower()
    if text == "[b]":
        return Mark(breaks=True, note=note, cell=cell)
    if text in STATUSES:
        return Mark(status=STATUSES[text], note=note, cell=cell)
    state = marker_state(text)
    return Mark(state=state, note=note, cell=cell) if state else None
