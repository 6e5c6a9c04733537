"""The workbook's smaller sheets: About, Benchmarks, Marks, Narrative and Breakdowns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import TypeVar

from cpreport.inputs.amounts import MARKERS, STATUSES, read_amount
from cpreport.inputs.data import Names, name_not_text, read_period
from cpreport.inputs.spreadsheet import CellValue, Sheet, Spreadsheet, Trait
from cpreport.inputs.tables import SheetTable, clean_texts, find_table, text_of
from cpreport.model.figure import Benchmark, CellRef, Form, Mark, State
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.folder import ReportFolder, SectionPlan
from cpreport.model.indicator import Part
from cpreport.model.period import MONTHS, NotAPeriod, Period, Terms, month_of_day, parse_period
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import narrative as narrative_rules
from cpreport.model.rules import workbook as rules
from cpreport.model.workbook import About, BreakdownCount, Narrative, Narratives, Passage

Marks = dict[tuple[str, Period, Part | None], Mark]
Read = TypeVar("Read")

_DAY = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2}|[A-Za-z]+)[/. -]([0-9]{4})")
_YES, _NO = ("yes", "y", "true"), ("no", "n", "false", "")


def read_about(book: Spreadsheet) -> tuple[tuple[About, SheetTable | None], list[Finding]]:
    """The About sheet's texts, not yet its dates and periods, and its table."""
    table, findings = _table(book, "About", ("Key", "Value"))
    if table is None:
        return (About(), None), findings
    findings += clean_texts(table, ("key", "value"))
    texts: dict[str, str] = {}
    cells: dict[str, CellRef] = {}
    for row in table.rows():
        key, cell = table.text(row, "key"), table.cell(row, table.columns["value"])
        if not key:
            continue
        if first := next((cells[name] for name in texts if name.lower() == key.lower()), None):
            findings.append(rules.ABOUT_TWICE.at(table.place(row, "key"), key=key, first=first.a1))
            continue
        texts[key], cells[key] = table.text(row, "value"), cell
    return (About(texts, cells), table), findings


def complete_about(about: About, table: SheetTable, terms: Terms) -> tuple[About, list[Finding]]:
    """About with its dates, its period and whether it is an example."""
    findings: list[Finding] = []

    def value(key: str, read: Callable[[CellValue], Read | None], wanted: str, example: str) -> Read | None:
        cell = next((cell for name, cell in about.cells.items() if name.lower() == key), None)
        raw = table.value(cell.row - 1, cell.column - 1) if cell else ""
        if cell is None or text_of(raw) == "":
            return None
        found = read(raw)
        if found is None:
            place = table.place(cell.row - 1, cell.column - 1)
            named = {"key": key.capitalize(), "value": text_of(raw), "wanted": wanted, "example": example}
            findings.append(rules.ABOUT_INVALID.at(place, **named))
        return found

    period = value("reporting period", lambda raw: _period(raw, terms), "period", "Jul 2023")
    board_date = value("board date", read_day, "date", "14/09/2023")
    data_as_at = value("data as at", read_day, "date", "31/07/2023")
    is_example = value("example", _yes_or_no, "yes or no", "yes")
    return About(about.texts, about.cells, period, board_date, data_as_at, bool(is_example)), findings


def read_benchmarks(book: Spreadsheet, folder: ReportFolder) -> tuple[list[Benchmark], list[Finding]]:
    optional = ("Period", "Status")
    table, findings = _table(book, "Benchmarks", ("Indicator", "Benchmark", "Value"), optional)
    if table is None:
        return [], findings
    findings += clean_texts(table, ("indicator", "benchmark", "period", "status"))
    known = {name.lower(): name for name in folder.indicators}
    comparators = {c.id.lower(): c.id for c in folder.comparators}
    benchmarks: dict[tuple[str, str], Benchmark] = {}
    for row in table.records("benchmark", "value", "period", "status"):
        name, comparator = table.text(row, "indicator"), table.text(row, "benchmark")
        found = list(_benchmark_problems(table, row, known, comparators))
        amount, problem = read_amount(*_cell(table, row, "value"))
        if problem:
            found.append(problem.at(table.place(row, "value", indicator=name)))
        findings += found
        if name_not_text(table, row) or name.lower() not in known or comparator.lower() not in comparators:
            continue
        key = (known[name.lower()], comparators[comparator.lower()])
        cell = table.cell(row, table.columns["value"])
        if first := benchmarks.get(key):
            place = table.place(row, "indicator", indicator=key[0])
            findings.append(rules.BENCHMARK_TWICE.at(place, indicator=key[0], comparator=key[1], first=first.cell.a1))
            continue
        period, status = table.text(row, "period"), table.text(row, "status").lower()
        benchmarks[key] = Benchmark(*key, amount, cell, period, status if status != "final" else "")
    return list(benchmarks.values()), findings


def _benchmark_problems(
    table: SheetTable, row: int, known: Mapping[str, str], comparators: Mapping[str, str]
) -> Iterator[Finding]:
    name, comparator = table.text(row, "indicator"), table.text(row, "benchmark")
    status = table.text(row, "status")
    if finding := name_not_text(table, row):
        yield finding
    elif name.lower() not in known:
        near = nearest(name, known.values())
        yield rules.BENCHMARK_UNWANTED.at(table.place(row, "indicator"), name=name, nearest=near)
    if comparator.lower() not in comparators:
        near, all_known = nearest(comparator, comparators.values()), ", ".join(comparators.values())
        place = table.place(row, "benchmark", indicator=name)
        yield rules.BENCHMARK_UNKNOWN_COMPARATOR.at(place, name=comparator, nearest=near, known=all_known)
    if status.lower() not in ("", "provisional", "final"):
        yield rules.BENCHMARK_STATUS.at(table.place(row, "status", indicator=name), value=status)


def read_marks(book: Spreadsheet, names: Names, terms: Terms) -> tuple[Marks, list[Finding]]:
    table, findings = _table(book, "Marks", ("Indicator", "Period", "Mark"), ("Figure", "Note"))
    if table is None:
        return {}, findings
    findings += clean_texts(table, ("indicator", "figure", "mark", "note"))
    marks: Marks = {}
    for row in table.records("period", "figure", "mark"):
        text, figure, note = (table.text(row, header) for header in ("indicator", "figure", "note"))
        misread = name_not_text(table, row)
        name = None if misread else names.find(text)
        mark = _mark(table.text(row, "mark"), note, table.cell(row, table.columns["mark"]))
        period, finding = read_period(table, row, "period", terms)
        part = Part(figure.lower()) if figure.lower() in [p.value for p in Part] else None
        part = Part.VALUE if not figure and name in names.series else part
        if name is None:
            near = names.nearest(text)
            unwanted = rules.MARK_UNWANTED.at(table.place(row, "indicator"), name=text, nearest=near)
            findings.append(misread or unwanted)
        if finding or period is None:
            findings.append(finding or data_rules.UNKNOWN_PERIOD.at(table.place(row, "period"), value="", reason=""))
        if mark is None:
            known = ", ".join([*MARKERS, *STATUSES, "[b]"]).replace("n/a", "N/A")
            value = table.text(row, "mark")
            findings.append(rules.UNKNOWN_MARK.at(table.place(row, "mark"), value=value, known=known))
        if figure and part is None:
            near = nearest(figure, [p.value for p in Part])
            findings.append(data_rules.UNKNOWN_FIGURE.at(table.place(row, "figure"), value=figure, nearest=near))
        if name and period and mark:
            marks[name, period, part] = marks.get((name, period, part), Mark()).joined(mark)
    return marks, findings


def _mark(text: str, note: str, cell: CellRef) -> Mark | None:
    text = text.lower()
    if text == "[b]":
        return Mark(breaks=True, note=note, cell=cell)
    if text in STATUSES:
        return Mark(status=STATUSES[text], note=note, cell=cell)
    return Mark(state=MARKERS[text], note=note, cell=cell) if text in MARKERS else None


def read_narrative_sheet(book: Spreadsheet, folder: ReportFolder, period: Period) -> tuple[Narratives, list[Finding]]:
    """The Narrative sheet's rows of the reporting period (and those without a period), as narratives."""
    table, findings = _table(book, "Narrative", ("Section", "Slot", "Text"), ("Period",))
    if table is None:
        return {}, findings
    findings += clean_texts(table, ("section", "slot", "text"))
    passages: dict[tuple[str, str], list[Passage]] = {}
    for row in table.rows():
        text = table.text(row, "text")
        when, finding = read_period(table, row, "period", folder.terms)
        if finding:
            findings.append(finding)
        if not text or finding or (when and when != period):
            continue
        named = _named_slot(table, row, folder)
        if isinstance(named, Finding):
            findings.append(named)
            continue
        place = table.place(row, "text", section=named[0], slot=named[1])
        passages.setdefault(named, []).append(Passage(text, place))
    return {key: Narrative(*key, tuple(found)) for key, found in passages.items()}, findings


def _named_slot(table: SheetTable, row: int, folder: ReportFolder) -> tuple[str, str] | Finding:
    """The section's and slot's ids that a row names by id or title."""
    name, slot_name = table.text(row, "section"), table.text(row, "slot")
    section = find_section(name, folder)
    if section is None:
        known = [section.id for section in folder.sections]
        near = nearest(name, [*known, *(section.title for section in folder.sections)])
        place = table.place(row, "section")
        return narrative_rules.UNKNOWN_SECTION.at(place, name=name, nearest=near, known=", ".join(known))
    slot = find_slot(slot_name, section)
    if slot is None:
        return unknown_slot(slot_name, section, table.place(row, "slot", section=section.id))
    return section.id, slot


def find_section(name: str, folder: ReportFolder) -> SectionPlan | None:
    """The section whose id or title a text is, in any case."""
    return next((s for s in folder.sections if name.lower() in (s.id.lower(), s.title.lower())), None)


def find_slot(name: str, section: SectionPlan) -> str | None:
    """The id of the slot whose id or title a text is, in any case and with or without a colon."""
    wanted = name.strip().rstrip(":?").strip().lower()
    titles = ((slot.id, slot.title.strip().rstrip(":?").strip().lower()) for slot in section.slots)
    return next((id for id, title in titles if wanted in (id.lower(), title)), None)


def unknown_slot(name: str, section: SectionPlan, place: Place) -> Finding:
    titles = [slot.title for slot in section.slots]
    near = nearest(name, [*titles, *(slot.id for slot in section.slots)])
    known = ", ".join(titles) or "none"
    return narrative_rules.UNKNOWN_SLOT.at(place, name=name, section=section.id, nearest=near, known=known)


def read_breakdowns(
    book: Spreadsheet, folder: ReportFolder, period: Period
) -> tuple[list[BreakdownCount], list[Finding]]:
    """The Breakdowns sheet's counts; those without a period are of the reporting period."""
    table, findings = _table(book, "Breakdowns", ("Breakdown", "Category", "Count"), ("Group", "Period"))
    if table is None:
        return [], findings
    findings += clean_texts(table, ("breakdown", "category", "group"))
    known = {name.lower(): name for name in folder.breakdowns}
    counts: dict[tuple[str, str, str, Period], BreakdownCount] = {}
    for row in table.records("category", "group", "count", "period"):
        text, category, group = (table.text(row, header) for header in ("breakdown", "category", "group"))
        when, finding = read_period(table, row, "period", folder.terms)
        count, problems = _count(table, row)
        findings += [*problems, *([finding] if finding else [])]
        name = known.get(text.lower())
        if name is None:
            near, all_known = nearest(text, known.values()), ", ".join(known.values()) or "none"
            place = table.place(row, "breakdown")
            findings.append(rules.BREAKDOWN_UNKNOWN.at(place, name=text, nearest=near, known=all_known))
        if name is None or count is None or finding:
            continue
        key = (name, category, group, when or period)
        cell = table.cell(row, table.columns["count"])
        if first := counts.get(key):
            place = table.place(row, "category")
            findings.append(rules.BREAKDOWN_TWICE.at(place, category=category, first=first.cell.a1))
        counts.setdefault(key, BreakdownCount(*key[:3], count, key[3], cell))
    return list(counts.values()), findings


def _count(table: SheetTable, row: int) -> tuple[int | None, list[Finding]]:
    """A whole number of children that is not negative; a blank counts as 0."""
    value, trait = _cell(table, row, "count")
    amount, problem = read_amount(value, trait)
    place = table.place(row, "count")
    findings = [problem.at(place)] if problem else []
    if amount.state is State.BLANK:
        return 0, findings
    if amount.state is State.ERROR:
        return None, findings
    number = amount.number
    if number is None or amount.form is not Form.PLAIN or number != int(number) or number < 0:
        return None, [data_rules.NOT_A_NUMBER.at(place, value=text_of(value))]
    return int(number), findings


def read_day(value: CellValue) -> date | None:
    """A date from a cell: Excel's own, or text such as 31/07/2023, 31 July 2023 or 2023-07-31; None if it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = _DAY.fullmatch(text)
    if not found:
        return None
    name = found[2].lower()
    names = [month.lower() for month in MONTHS]
    number = int(name) if name.isdigit() else next((n for n, m in enumerate(names, 1) if name in (m, m[:3])), 0)
    try:
        return date(int(found[3]), number, int(found[1]))
    except ValueError:
        return None


def _period(value: CellValue, terms: Terms) -> Period | None:
    if isinstance(value, date):
        return month_of_day(value)
    try:
        return parse_period(text_of(value), terms)
    except NotAPeriod:
        return None


def _yes_or_no(value: CellValue) -> bool | None:
    text = text_of(value).lower()
    return True if text in _YES else False if text in _NO else None


def _cell(table: SheetTable, row: int, header: str) -> tuple[CellValue, Trait | None]:
    column = table.columns[header]
    return table.value(row, column), table.trait(row, column)


def named_sheet(book: Spreadsheet, name: str) -> Sheet | None:
    """The sheet of a name, without regard to case and outer spaces."""
    return next((sheet for sheet in book.sheets if sheet.name.strip().lower() == name.strip().lower()), None)


def _table(
    book: Spreadsheet, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> tuple[SheetTable | None, list[Finding]]:
    """A known sheet's table; nothing at all where there is no such sheet or it is empty."""
    sheet = named_sheet(book, name)
    if sheet is None or not any(value != "" for row in sheet.rows for value in row):
        return None, []
    return find_table(book.file, sheet, required, optional)
