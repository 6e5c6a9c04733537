"""A line of a scorecard in a draft: its row of the sheet Indicators, and its rows of the sheet Data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from cpreport.forms.from_scorecard.draft import Answer, Draft
from cpreport.forms.from_scorecard.goals import add_benchmarks, add_targets
from cpreport.forms.from_scorecard.measures import Measured, Parts, is_unit, measured
from cpreport.forms.from_scorecard.names import Named, clean
from cpreport.forms.starter.figures import heading
from cpreport.inputs.definitions.indicators_sheet import cell_of
from cpreport.inputs.workbook.meaning import STATUSES
from cpreport.inputs.workbook.scorecard.values import Label, Open
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.model.figure import CellRef
from cpreport.model.indicator import Part
from cpreport.model.period import Kind, Period

_PARTS = (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR)
_TEXTS = {Label.OWNER: "owner", Label.NOTE: "note"}
_WORDS = {Label.UNIT, Label.PART, Label.POLARITY, Label.FREQUENCY}
_READ = {Label.TITLE, Label.REFERENCE, Label.SECTION, *_WORDS} - {Label.PART}
_NEVER_TAKEN = {
    Label.STATUS: "the report computes the status from figure and target",
    Label.DIRECTION: "the report computes the direction of travel from the figures",
}
_FREQUENCIES = {"month": "month", "quarter": "quarter", "term": "term", "annual": "year", "year": "year"}
"""The frequency that a text says which begins so."""


def add_line(draft: Draft, of: Named, headings: Sequence[CellRef]) -> None:
    """Adds a line of a scorecard to a draft; `headings` are the cells that say what its columns are."""
    parts, kind = _figures(draft, of)
    unit = _unit_cell(draft, of, parts, headings)
    found = measured(draft.source, parts, clean(draft.source.shown(unit)) if unit else "", of.title)
    row = _add_row(draft, of, found, kind)
    for key, assumed in found.assumed.items():
        is_open = found.is_open and key == "measure"
        asked = f"{Open.UNIT.value} Until you say, " if is_open else ""
        draft.ask(unit or of.line.cell, f"{of.name}: {asked}{assumed}.", Answer("Indicators", row, key), is_open)
    _add_polarity(draft, of, row)
    _add_frequency(draft, of, kind, row)
    _add_figures(draft, of, parts, found)
    add_targets(draft, of, found, row)
    add_benchmarks(draft, of, row)
    _add_texts(draft, of, row)
    if any(draft.source.is_hidden(cell) for cells in parts.values() for cell in cells.values()):
        what = f"{of.name}: figures of it are hidden in the source: may the board see them?"
        what += " If not, delete its rows here and in Data."
        draft.ask(of.line.cell, what, Answer("Indicators", row, "title"))


def _add_row(draft: Draft, of: Named, found: Measured, kind: Kind) -> int:
    """Adds a row of the sheet Indicators, and gives its number."""
    row = draft.new_row("Indicators")
    said = {
        "section": of.section,
        "reference": of.reference,
        "title": of.title,
        "unit": found.unit,
        "measure": found.measure.value,
        "per": found.per,
        "decimals": found.decimals,
        "frequency": kind.frequency.value,
        "typed": "per cent" if found.is_typed_per_cent else "",
        "may_exceed_100": found.may_exceed_100 or "",
    }
    for key, value in said.items():
        draft.put(Answer("Indicators", row, key), cell_of(key, value) if value != "" else None)
    if of.was:
        draft.ask(of.line.cell, f"it is called {of.title}: {of.was}", Answer("Indicators", row, "title"), False)
    return row


def _unit_cell(draft: Draft, of: Named, parts: Parts, headings: Sequence[CellRef]) -> CellRef | None:
    """The cell that says what is counted: in a column of its own, beside the figures or above them."""
    units = [each.cell for each in of.line.labels if each.label is Label.UNIT and not draft.source.is_number(each.cell)]
    rows, columns = ({cell[at] for cell in parts[Part.VALUE].values()} for at in (1, 2))
    if units:
        return next((cell for cell in units if cell.row in rows), units[0])
    beside = [each.cell for each in of.line.labels if each.label is Label.PART]
    above = [cell for cell in headings if cell.column in columns]
    found = [cell for cell in (*beside, *above) if is_unit(draft.source.shown(cell))]
    return found[0] if len({draft.source.shown(cell) for cell in found}) == 1 else None


def _figures(draft: Draft, of: Named) -> tuple[Parts, Kind]:
    """The figures that are taken, all of the kind of period that most of them are of, and this kind."""
    given = [each for each in of.line.figures if each.part and not draft.source.is_blank(each.cell)]
    kinds = Counter(each.period.kind for each in (given or of.line.figures))
    kind = max(kinds, key=lambda each: (kinds[each], -[*Kind].index(each)), default=Kind.MONTH)
    parts: dict[Part, dict[Period, CellRef]] = {part: {} for part in _PARTS}
    for period, part, cell in given:
        taken = parts[part or Part.VALUE]
        reason = draft.why_not(cell)
        if not reason and period.kind is not kind:
            reason = f"most figures of its row are by {kind.value}, and an indicator has one frequency"
        if not reason and heading(period) is None:
            reason = "the sheet Data has no header for this period"
        if not reason and period in taken:
            reason = f"{draft.source.place(taken[period])} gives the same figure"
        if reason:
            draft.leave(cell, f"{of.name} {period.label}", reason)
        else:
            taken[period] = cell
    return parts, kind


def _add_polarity(draft: Draft, of: Named, row: int) -> None:
    said, at = of.line.label(Label.POLARITY), Answer("Indicators", row, "polarity")
    polarity = polarity_of(said.text) if said else None
    if said and polarity:
        draft.put(at, cell_of("polarity", polarity.value), said.cell)
    else:
        typed = f" ({said.text!r} does not say)" if said else ""
        what = f"{of.name}: is higher or lower good{typed}? Until you say, the report calls nothing better or worse."
        draft.ask(said.cell if said else of.line.cell, what, at)


def _add_frequency(draft: Draft, of: Named, kind: Kind, row: int) -> None:
    """The frequency is that of the figures; another one that is typed is told."""
    if said := of.line.label(Label.FREQUENCY):
        found = (value for start, value in _FREQUENCIES.items() if said.text.strip().lower().startswith(start))
        if next(found, "") != (frequency := kind.frequency.value):
            what = f"{of.name}: the frequency is {frequency}, as the figures are, though {said.text!r} is typed."
            draft.ask(said.cell, what, Answer("Indicators", row, "frequency"), False)


def _add_figures(draft: Draft, of: Named, parts: Parts, found: Measured) -> None:
    """The rows of Data; one for an indicator without figures, too."""
    used = {Part.VALUE, *found.counts}
    for part in (each for each in _PARTS if each not in used):
        for period, cell in parts[part].items():
            reason = "numerators and denominators are missing, or do not come to the values beside them"
            draft.leave(cell, f"{of.name} {period.label} {part.value}", reason)
    wanted = [part for part in _PARTS if parts[part] and part in used] or [Part.VALUE]
    for part in wanted:
        row = draft.new_row("Data")
        for header, text in (("Indicator", of.id), ("Figure", part.value), ("Title", of.title)):
            draft.put(Answer("Data", row, header), text)
        for period, cell in parts[part].items():
            draft.put(Answer("Data", row, period), draft.source.copied(cell), cell)
            _add_mark(draft, of, period, part, cell)
        if as_text := [cell for cell in parts[part].values() if draft.source.is_number_as_text(cell)]:
            what = f"{of.name}: numbers of its row are stored as text; they are written as numbers."
            draft.ask(as_text[0], what, Answer("Data", row, "Figure"), False)


def _add_mark(draft: Draft, of: Named, period: Period, part: Part, cell: CellRef) -> None:
    """A row of Marks for a number whose heading says that it is provisional, revised or estimated."""
    if cell not in draft.doubtful or not draft.source.is_number(cell):
        return
    status, head = draft.doubtful[cell]
    row = draft.new_row("Marks")
    mark = next(sign for sign, each in STATUSES.items() if each is status)
    for header, text in (("Indicator", of.id), ("Period", period.label), ("Figure", part.value), ("Mark", mark)):
        draft.put(Answer("Marks", row, header), text)
    what = f"{clean(draft.source.shown(head))}: its figures are marked as {status.value}, because the heading says so."
    draft.ask(head, what, Answer("Marks", row, "Mark"), False)


def _add_texts(draft: Draft, of: Named, row: int) -> None:
    """The owner and the notes; what else stands beside the figures and is not taken is told."""
    said: dict[Label, str] = {}
    for each in of.line.labels:
        name = f"{of.name} {clean(each.heading) or each.label.value}"
        is_number = draft.source.is_number(each.cell)
        if key := _TEXTS.get(each.label):
            at = Answer("Indicators", row, key)
            before = f"{draft.cells[at].value}; " if at in draft.cells else ""
            reason = draft.rejected.get(each.cell) or ("it is a number in a column of texts" if is_number else "")
            if before and key != "note":
                reason = reason or "the row names an owner already"
            if reason:
                draft.leave(each.cell, name, reason, at)
            else:
                draft.put(at, before + clean(each.text), *draft.origins.get(at, ()), each.cell)
        elif each.label in _NEVER_TAKEN:
            draft.leave(each.cell, name, _NEVER_TAKEN[each.label])
        elif each.label in _WORDS and is_number:
            draft.leave(each.cell, name, "it is a number in a column of words")
        elif each.label in _READ and each.text != said.setdefault(each.label, each.text):
            draft.leave(each.cell, name, "another cell of the indicator says otherwise")
