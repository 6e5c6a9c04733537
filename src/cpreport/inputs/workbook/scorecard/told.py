"""What a report does not read of a scorecard, or cannot be sure of: each told once, at its cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from operator import itemgetter

from cpreport.inputs.workbook.headers import sequence
from cpreport.inputs.workbook.meaning import is_figure, text_of
from cpreport.inputs.workbook.scorecard.merged import merged_cells
from cpreport.inputs.workbook.scorecard.named import NamedScorecard
from cpreport.inputs.workbook.scorecard.values import Axis, Label, LabelCell, Open, Unread
from cpreport.model.figure import CellRef
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import scorecard as rules

_WHY_NOT = {
    Label.UNIT: "what is counted is in the definition",
    Label.FREQUENCY: "how often there is a figure is in the definition",
    Label.TOLERANCE: "the tolerance is in the definition",
    Label.OWNER: "the owner is in the definition",
    Label.SECTION: "sections are those of the definitions",
    Label.NOTE: "it is a note",
}
"""The labels that a report does not take from a scorecard, and why."""

_WITHOUT_NUMBERS = (Label.REFERENCE, Label.UNIT, Label.FREQUENCY, Label.OWNER, Label.SECTION, Label.NOTE)
"""Labels in which a number is out of place; that of a second column of references may be a figure."""


def told(named: NamedScorecard) -> Iterator[Finding]:
    """What is not read, and what must be answered first."""
    yield from _unclear(named)
    yield from _unread(named)
    yield from _left_to_definitions(named)
    yield from _merged(named)
    yield from _coloured(named)
    yield from _in_order(named)


def _unclear(named: NamedScorecard) -> Iterator[Finding]:
    """What must be answered before the figures can be read."""
    for each in named.card.undated:
        place = named.place(each.cell)
        text = each.text.rstrip("?") or repr(text_of(named.read(each.cell)[0]))
        found = rules.UNCLEAR.at(place, text=text, question=each.open.value)
        yield replace(found, lost=Place(cell=place.cell))


def _unread(named: NamedScorecard) -> Iterator[Finding]:
    """The rows, columns and cells that are not read, each once: a warning where one of them may hold a figure."""
    known = {each.cell for each in named.card.undated}
    for each in named.card.unread:
        if each.at not in known:
            rule = rules.NOT_READ if _has_figures(named, each) else rules.TEXT_NOT_READ
            text = repr(each.text) if each.text else "without a heading"
            yield rule.at(named.place(each.at), axis=each.axis.value, text=text, reason=each.reason)
    known |= {each.at for each in named.card.unread}
    for question in named.card.questions:
        if question.open is Open.ROW and question.cell not in known:
            texts = {"axis": Axis.ROW.value, "text": repr(question.text)}
            yield rules.TEXT_NOT_READ.at(named.place(question.cell), **texts, reason="it has no figures")


def _has_figures(named: NamedScorecard, unread: Unread) -> bool:
    others = [cell for cell in unread.cells if cell != unread.at or unread.axis is not Axis.COLUMN]
    return any(is_figure(*named.read(cell)) for cell in others)


def _left_to_definitions(named: NamedScorecard) -> Iterator[Finding]:
    """The columns whose labels the definitions give, each once: a warning where one has numbers that say nothing."""
    headed: dict[CellRef, list[LabelCell]] = {}
    for line in (line for _, line in named.lines):
        references = [each for each in line.labels if each.label is Label.REFERENCE][1:]
        for each in (*references, *(each for each in line.labels if each.label in _WHY_NOT)):
            headed.setdefault(named.heading_of(each.cell), []).append(each)
    for cell, labels in headed.items():
        label, heading = labels[0].label, repr(labels[0].heading)
        is_number = any(isinstance(named.read(each.cell)[0], int | float) for each in labels)
        rule = rules.NOT_READ if is_number and label in _WITHOUT_NUMBERS else rules.TEXT_NOT_READ
        axis = Axis.COLUMN if cell.column == labels[0].cell.column else Axis.ROW
        reason = _WHY_NOT.get(label, "another one has the references")
        yield rule.at(named.place(cell), axis=axis.value, text=heading, reason=reason)


def _merged(named: NamedScorecard) -> Iterator[Finding]:
    """The merged cells that a reader takes for more than they are read for."""
    names = {line.cell: name for name, line in named.lines}
    for line, cell, area in merged_cells(named.card, named.sheet.table.sheet):
        if name := names.get(line.cell):
            yield rules.MERGED.at(named.place(cell, name), name=name, area=area, cell=cell.a1)


def _coloured(named: NamedScorecard) -> Iterator[Finding]:
    """How many cells a colour may say something of, at the first."""
    if cells := named.card.coloured:
        count = "1 coloured cell is" if len(cells) == 1 else f"{len(cells):,} coloured cells are"
        yield rules.NOT_COMPARED.at(named.place(cells[0]), count=count, reason="cpreport does not read colours")


def _in_order(named: NamedScorecard) -> Iterator[Finding]:
    """Columns of periods that are out of order or missing, where each period has one column."""
    pairs = {(each.cell.column - 1, each.period) for _, line in named.lines for each in line.figures if each.part}
    columns = dict(sorted(pairs, key=itemgetter(0)))
    if not len({*columns.values()}) == len(columns) == len(pairs):
        return
    below = min(each.cell.row for line in named.card.lines for each in line.figures) if columns else 0
    rows = [each.row for each in named.card.headings if each.column - 1 in columns and each.row < below]
    table = named.sheet.table._replace(first_row=max(rows, default=1))
    wrong = [each.at.column - 1 for each in named.card.unread if each.axis is Axis.COLUMN]
    yield from sequence(table, columns, wrong)
