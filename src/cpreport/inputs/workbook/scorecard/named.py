"""A scorecard read with a report's definitions: which indicator each line is, what it gives, and what is not read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cpreport.inputs.elsewhere import unknown
from cpreport.inputs.workbook.cells.spreadsheet import CellValue, Sheet, Spreadsheet, Trait
from cpreport.inputs.workbook.layouts import DataSheet, Names
from cpreport.inputs.workbook.meaning import is_figure, shown
from cpreport.inputs.workbook.scorecard.doubtful import doubtful_cells
from cpreport.inputs.workbook.scorecard.values import FigureCell, Label, LabelCell, Line, Scorecard
from cpreport.inputs.workbook.tables import SheetTable
from cpreport.model.figure import Amount, CellRef, Entry, State, Status
from cpreport.model.finding import Finding, Place, did_you_mean, nearest_name
from cpreport.model.indicator import Indicator, Part, category_key
from cpreport.model.period import Frequency, Period, Terms
from cpreport.model.rules import data as data_rules
from cpreport.model.rules import scorecard as rules


@dataclass(frozen=True)
class NamedScorecard:
    """A scorecard with the indicators or series that its lines are, by their ids; what is wrong gathers in `sheet`."""

    sheet: DataSheet
    card: Scorecard
    lines: tuple[tuple[str, Line], ...]

    def entries(self) -> Iterator[Entry]:
        """What the lines' cells give, blank ones included.

        Figures of another kind of period, such as last year's outturn beside months, are told once for each period.
        """
        others: dict[Period, list[FigureCell]] = {}
        doubtful = doubtful_cells(self.card, self.sheet.table.sheet)
        for name, line in self.lines:
            is_series, frequency = name in self.sheet.names.series, self._frequency(name, line)
            for each in line.figures:
                row, column = each.cell.row - 1, each.cell.column - 1
                if each.part is None:
                    continue
                if frequency and each.period.kind.frequency is not frequency:
                    others.setdefault(each.period, []).extend([each] * self._is_figure(each))
                elif not is_series or each.part is Part.VALUE:
                    entry = self.sheet.entry(name, each.part, each.period, row, column)
                    yield entry._replace(amount=_with_status(entry.amount, *doubtful.get(each.cell, ())[:1]))
                elif is_figure(*self.sheet.table.read(row, column)):
                    self.sheet.unknown_part(row, column, name, each.part.value)

        for period, cells in others.items():
            self.sheet.findings.extend(self._of_other_kind(period, cells) if cells else ())

    def _frequency(self, name: str, line: Line) -> Frequency | None:
        """An indicator's frequency, where its line has no more figures of another one; None for a series."""
        indicator = self.sheet.names.definitions.get(name)
        there = Counter(each.period.kind.frequency for each in line.figures if each.part and self._is_figure(each))
        own = there[indicator.frequency] if indicator else 0
        return indicator.frequency if indicator and own and own == max(there.values()) else None

    def _is_figure(self, figure: FigureCell) -> bool:
        return is_figure(*self.read(figure.cell))

    def _of_other_kind(self, period: Period, cells: Sequence[FigureCell]) -> Iterator[Finding]:
        figures = f"the figure for {period} is" if len(cells) == 1 else f"{len(cells):,} figures for {period} are"
        place = self.place(self.heading_of(cells[0].cell), period=period.label)
        yield rules.OTHER_FREQUENCY.at(place, figures=figures, cell=cells[0].cell.a1)

    def labels(self, label: Label) -> Iterator[tuple[str, LabelCell]]:
        """The cells of a label, each with its indicator."""
        return ((name, each) for name, line in self.lines for each in line.labels if each.label is label)

    def read(self, cell: CellRef) -> tuple[CellValue, Trait | None]:
        """A cell's value and trait."""
        return self.sheet.table.read(cell.row - 1, cell.column - 1)

    def place(self, cell: CellRef, indicator: str = "", period: str = "") -> Place:
        """Where a finding about a cell stands."""
        return self.sheet.table.place(cell.row - 1, cell.column - 1, indicator, period)

    def heading_of(self, cell: CellRef) -> CellRef:
        """The cell that heads a cell's column, or its row where indicators stand side by side."""
        above = (each for each in self.card.headings if each.column == cell.column and each.row < cell.row)
        left = (each for each in self.card.headings if each.row == cell.row and each.column < cell.column)
        return max((*above, *left), default=cell, key=lambda each: (each.row, each.column))


def _with_status(amount: Amount, status: Status = Status.FINAL) -> Amount:
    """A number with what its heading says of it, unless its own cell says something."""
    is_plain = amount.state is State.PRESENT and amount.status is Status.FINAL
    return amount._replace(status=status) if is_plain else amount


def named_lines(book: Spreadsheet, sheet: Sheet, card: Scorecard, names: Names, terms: Terms) -> NamedScorecard:
    """A sheet read as a scorecard, with the indicators that its lines are."""
    found: list[Finding] = []
    table = SheetTable(book, sheet, {}, (), 0)
    calls = _Calls(names)
    others = [_Calls(other) for other in names.others]
    lines: list[tuple[str, Line]] = []
    read = DataSheet(table, names, terms, found)
    named = NamedScorecard(read, card, ())
    for line in card.lines:
        fitting = calls.fitting(line)
        misread = _reference_not_text(named, line) if len(fitting) == 1 and not calls.by_title(line) else None
        if misread:
            found.append(misread)
        elif len(fitting) == 1:
            lines.append((fitting[0], line))
            if former := calls.former_of(line):
                read.former.update(dict.fromkeys((each.cell.row for each in line.figures), former))
        elif fitting:
            texts = {"name": _called(line), "fitting": " and ".join(map(calls.described, fitting))}
            found.append(rules.TWO_INDICATORS.at(named.place(line.cell), **texts))
        else:
            found.append(_unknown(named.place(line.cell, _called(line)), line, calls, others))
    if not card.lines:
        found.append(rules.NO_LINES.at(Place(file=book.file, sheet=sheet.name)))
    return replace(named, lines=tuple(lines))


def _called(line: Line) -> str:
    return f"{line.reference} {line.title}".strip()


class _Calls:
    """What the lines of a scorecard may call each indicator and series, without regard to case, spaces and dashes."""

    def __init__(self, names: Names) -> None:
        self._names = names

    @cached_property
    def _today(self) -> Mapping[str, set[str]]:
        found = defaultdict[str, set[str]](set)
        given = ((name, text) for name, each in self._names.definitions.items() for text in _texts(each))
        for name, text in (*given, *self._names.titles.items(), *((name, name) for name in self._names.all)):
            found[category_key(text)].add(name)
        return found

    @cached_property
    def _former(self) -> Mapping[str, str]:
        found = {category_key(text): name for text, name in self._names.former}
        return {text: name for text, name in found.items() if text not in self._today}

    def find(self, text: str) -> set[str]:
        """The names that a text means; a former one counts where it is no name of today."""
        key = category_key(text)
        return self._today.get(key) or ({self._former[key]} if key in self._former else set())

    def by_title(self, line: Line) -> set[str]:
        return self.find(line.title) if line.title else set()

    def fitting(self, line: Line) -> list[str]:
        """The names that a line's reference, or else its title, means.

        A title that means another one than the reference is no less right than that: both fit.
        """
        by_reference = self.find(line.reference) if line.reference else set()
        by_title = self.by_title(line)
        both = by_reference & by_title
        return sorted(both or (by_reference | by_title) or self.find(_called(line)))

    def former_of(self, line: Line) -> str:
        """The former name by which alone a line is found; '' where it has one of today."""
        texts = [text for text in (line.reference, line.title) if text]
        if any(category_key(text) in self._today for text in texts):
            return ""
        return next((text for text in texts if category_key(text) in self._former), "")

    def described(self, name: str) -> str:
        """An indicator by its id, and its title where that says more."""
        each = self._names.definitions.get(name)
        title = each.title if each else self._names.titles.get(name, name)
        return name if title == name else f"{name} ({title})"

    @property
    def texts(self) -> list[str]:
        """All titles and names, as they are written."""
        titles = (text for each in self._names.definitions.values() for text in _texts(each))
        return list(dict.fromkeys((*titles, *self._names.titles.values(), *self._names.all)))


def _texts(indicator: Indicator) -> Iterator[str]:
    """What an indicator is called besides its id."""
    return filter(None, (indicator.reference, indicator.title, indicator.name))


def _reference_not_text(named: NamedScorecard, line: Line) -> Finding | None:
    """A finding if Excel may have changed the reference, by which alone a line is found: 4.10 becomes 4.1."""
    label = line.label(Label.REFERENCE)
    value = named.read(label.cell)[0] if label else ""
    if label is None or isinstance(value, str) or (isinstance(value, int | float) and value == int(value)):
        return None
    kind = "number" if isinstance(value, float) else "date"
    return data_rules.INDICATOR_NOT_TEXT.at(named.place(label.cell), kind=kind, value=shown(value))


def _unknown(place: Place, line: Line, calls: _Calls, others: Sequence[_Calls]) -> Finding:
    """A line that is no indicator of the report, with the name most like it."""
    is_of_another = any(other.fitting(line) for other in others)
    near = nearest_name(line.title or line.reference, calls.texts)
    texts = {"name": _called(line), "nearest": did_you_mean(near)}
    found = unknown(data_rules.UNKNOWN_INDICATOR, place, is_of_another, **texts)
    meant = sorted(calls.find(near)) if near else []
    return replace(found, lost=Place(indicator=meant[0])) if meant else found
