"""The sheets with a row for each thing they tell: every cell as what its column holds, or a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Spreadsheet, Trait
from cpreport.inputs.workbook.layouts import PARTS, Names, name_not_text, names_of
from cpreport.inputs.workbook.meaning import MARKERS, STATUSES, marker_state, quoted, unread
from cpreport.inputs.workbook.tables import TABLES, Columns, SheetTable, known_table
from cpreport.model.figure import CellRef, Mark
from cpreport.model.finding import Finding, Place, Rule, did_you_mean, nearest
from cpreport.model.folder import ReportFolder
from cpreport.model.indicator import Part
from cpreport.model.period import Period, Terms
from cpreport.model.rules import workbook as rules
from cpreport.model.rules.data import UNKNOWN_FIGURE
from cpreport.model.status import SaidStatus, StatusWord
from cpreport.model.workbook import Marks


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet. Columns go by their lower-case headers; what is wrong with a cell is added to `findings`."""

    table: SheetTable
    number: int
    findings: list[Finding]

    def text(self, header: str) -> str:
        return self.table.text(self.number, header)

    def value(self, header: str) -> tuple[CellValue, Trait | None]:
        """A cell's value and trait; the header must be there."""
        return self.table.read(self.number, self.table.columns[header])

    def cell(self, header: str) -> CellRef:
        return self.table.cell(self.number, header)

    def place(self, header: str, indicator: str = "") -> Place:
        return self.table.place(self.number, header, indicator)

    def add(self, rule: Rule, header: str, indicator: str = "", /, **values: object) -> None:
        """Adds a finding about a cell."""
        self.findings.append(rule.at(self.place(header, indicator), **values))

    def period(self, terms: Terms, blank: Period | None = None, is_required: bool = False) -> Period | None:
        """The Period column's period, or `blank` where it says none; None where it is not one."""
        period = self.table.period(self.number, terms, is_required)
        if isinstance(period, Finding):
            self.findings.append(period)
            return None
        return period or blank

    def indicator(self, names: Names, rule: Rule) -> str | None:
        """The id that the Indicator column names; a finding of the rule where there is no such one."""
        text = self.text("indicator")
        misread = name_not_text(self.table, self.number, names.find)
        name = None if misread else names.find(text)
        if name is None:
            texts = {"name": quoted(text), "nearest": did_you_mean(names.near(text))}
            unwanted = unknown(rule, self.place("indicator"), names.is_of_another(text), **texts)
            self.findings.append(misread or unwanted)
        return name

    def one_of(
        self, header: str, known: Sequence[str], elsewhere: Collection[str], rule: Rule, indicator: str = ""
    ) -> str | None:
        """The known name that a text is in any case; `elsewhere` are those of other reports."""
        text = self.text(header)
        found = next((name for name in known if name.lower() == text.lower()), None)
        if found is None:
            is_of_another = any(name.lower() == text.lower() for name in elsewhere)
            texts = {"name": quoted(text), "nearest": nearest(text, known), "known": list(known)}
            self.findings.append(unknown(rule, self.place(header, indicator), is_of_another, **texts))
        return found


def read_rows(book: Spreadsheet, sheet: str) -> tuple[Iterator[Row], list[Finding]]:
    """The rows of one of `TABLES`, and the findings to which theirs are added; none where there is no such sheet.

    Rows that hold nothing but the first column or notes are left out.
    """
    table, findings = known_table(book, sheet)
    return rows_in(table, TABLES[sheet], findings), findings


def rows_in(table: SheetTable | None, columns: Columns, findings: list[Finding]) -> Iterator[Row]:
    """The rows of a table with these columns, whose findings are added to the others; none where there is no table."""
    if table is None:
        return iter(())
    telling = columns.headers(columns.required[0], *columns.notes)
    cells = [table.columns[header] for header in telling if header in table.columns]
    found = (row for row in table.rows() if any(table.value(row, c) != "" or table.broken(row, c) for c in cells))
    return (Row(table, row, findings) for row in found)


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


def read_statuses(
    book: Spreadsheet, folder: ReportFolder, period: Period
) -> tuple[dict[tuple[str, Period], SaidStatus], list[Finding]]:
    """What the Status sheet says; a row without a period is of this one, the workbook's own. What is wrong is not used.

    A status may be the canonical word or the one that the report prints.
    """
    rows, findings = read_rows(book, "Status")
    words = {name.lower(): word for word in StatusWord for name in (word.value, folder.printed(word.value))}
    of_indicators = replace(names_of(folder), series=frozenset())
    statuses: dict[tuple[str, Period], SaidStatus] = {}
    for row in rows:
        name = row.indicator(of_indicators, rules.STATUS_UNWANTED)
        when = row.period(folder.terms, blank=period)
        text, reason, cell = row.text("status"), row.text("reason"), row.cell("status")
        word = words.get(text.lower())
        if word is None:
            known = [folder.printed(each.value) for each in StatusWord]
            row.add(rules.STATUS_UNKNOWN, "status", name or "", value=quoted(text), known=known)
        if not reason:
            row.add(rules.STATUS_REASON, "reason", name or "")
        if name is None or when is None or word is None or not reason:
            continue
        if first := statuses.get((name, when)):
            row.add(rules.STATUS_TWICE, "indicator", name, name=name, period=when.label, first=first.cell.a1)
        statuses.setdefault((name, when), SaidStatus(word, reason, cell))
    return statuses, findings
