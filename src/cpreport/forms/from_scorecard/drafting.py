"""A whole scorecard in a draft: its lines, the sheet About, and all that is left out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cpreport.forms.from_scorecard.draft import Answer, Draft
from cpreport.forms.from_scorecard.lines import add_line
from cpreport.forms.from_scorecard.names import Titles, clean, comparators, said_in, with_names
from cpreport.forms.from_scorecard.source import Source
from cpreport.forms.starter.figures import heading
from cpreport.forms.starter.indicators import about_rows
from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
from cpreport.inputs.workbook.scorecard.doubtful import doubtful_cells
from cpreport.inputs.workbook.scorecard.merged import merged_cells
from cpreport.inputs.workbook.scorecard.values import Axis, Open, Scorecard
from cpreport.inputs.workbook.tables import named_sheet
from cpreport.model.figure import CellRef, State
from cpreport.model.period import Kind, Period

_BY_ITSELF = (Open.UNIT, Open.POLARITY)
"""What the rows of each indicator ask by themselves."""


class Said(NamedTuple):
    """What somebody has said of a scorecard: the council, or '', and the reporting period, or None."""

    authority: str = ""
    period: Period | None = None


def drafted(
    card: Scorecard, source: Source, said: Said, rejected: Mapping[CellRef, str] = MappingProxyType({})
) -> Draft:
    """The draft from a scorecard; without the cells that are rejected, each with the reason."""
    sheet = named_sheet(source.book, card.sheet)
    draft = Draft(source, rejected, doubtful=doubtful_cells(card, sheet) if sheet else {})
    for named in with_names(card.lines):
        add_line(draft, named, card.headings)
    dated = {
        at.column: origins
        for at, origins in draft.origins.items()
        if isinstance(at.column, Period) and any(source.amount(cell).state is not State.BLANK for cell in origins)
    }
    newest = max((each for each in dated if each.kind is Kind.MONTH), default=max(dated, default=None))
    draft.period = said.period if said.period in dated else newest
    last = {kind: max(each for each in dated if each.kind is kind) for kind in {each.kind for each in dated}}
    told = {at.column for at in draft.origins if isinstance(at.column, Period)}
    passed = {each for each in card.periods if each.kind in last and each <= last[each.kind] and heading(each)}
    draft.columns = tuple(sorted(told | passed, key=lambda each: (each.end, each.start)))
    _add_about(draft, card, clean(said.authority))
    _tell_left(draft, card)
    draft.sort_asked()
    return draft


def _add_about(draft: Draft, card: Scorecard, authority: str) -> None:
    """The rows of About. What nobody has said is a row without a value."""
    said = said_in(card.titles)
    compared = [str(draft.cells[at].value) for at in _in(draft, "Benchmarks", "Benchmark")]
    rows = {"Reporting period": draft.period.label if draft.period else ""}
    rows |= {"Authority": authority or said.authority, "Title": said.title}
    rows |= {"Slots": about_rows(read_report_folder(packaged_reports() / PACKAGED)[0])["Slots"]}
    undated = [each for each in _in(draft, "Benchmarks", "Value") if each._replace(column="Period") not in draft.cells]
    periods = {str(draft.cells[at].value) for at in _in(draft, "Benchmarks", "Period")}
    stated = periods.pop() if len(periods) == 1 and not undated else ""
    rows |= {"Comparators": comparators(compared), "Benchmark period": stated} if compared else {}
    at = {key: Answer("About", draft.new_row("About"), "Value") for key in rows}
    for key, value in rows.items():
        draft.put(at[key]._replace(column="Key"), key)
        draft.put(at[key], value)
    _ask_titles(draft, card, said, authority, at)
    what = "The services write under the same two headings in each section. Please confirm them, or write others."
    draft.ask(None, what, at["Slots"], False)
    if undated:
        what = "Which period are the benchmarks of, such as 2021/22? Their headings do not say."
        draft.ask(draft.origins[undated[0]][0], what, at["Benchmark period"])


def _ask_titles(draft: Draft, card: Scorecard, said: Titles, authority: str, at: Mapping[str, Answer]) -> None:
    """What was taken from the texts above the scorecard, and what was not."""
    first = card.titles[0].cell if card.titles else None
    if not (authority or said.authority):
        draft.ask(first, "Which council is it? Nothing in the source is clearly its name.", at["Authority"])
    elif not authority:
        draft.ask(first, f"The council is {said.authority}.", at["Authority"], False)
    if said.title:
        titled = next(each.cell for each in card.titles if said.title in clean(each.text))
        draft.ask(titled, f"The title of the report is {said.title}.", at["Title"], False)
    for each in said.others:
        draft.leave(
            each.cell, "above the table", "it is not clearly the name of the council or of the report", at["Title"]
        )


def _in(draft: Draft, sheet: str, column: str) -> list[Answer]:
    """The cells of a column that are not blank."""
    return [at for at in draft.cells if (at.sheet, at.column) == (sheet, column)]


def _tell_left(draft: Draft, card: Scorecard) -> None:
    """What the scorecard leaves open, and each cell of what is not read of it."""
    for question in card.questions:
        if question.open not in _BY_ITSELF:
            text = f"{clean(question.text)}: {question.open.value}".removeprefix(": ")
            draft.ask(question.cell, f"{text} Correct it in the source, and start again.")
    sheet = named_sheet(draft.source.book, card.sheet)
    for line, cell, area in merged_cells(card, sheet) if sheet else ():
        what = f"{clean(line.title)}: {area} is one merged cell, which is taken for {cell.a1} only."
        draft.ask(cell, f"{what} Unmerge it in the source, and start again.")
    for unread in card.unread:
        of, name = "" if unread.axis is Axis.CELL else unread.axis.value, clean(unread.text)
        for cell in unread.cells:
            is_named = bool(of) and clean(draft.source.shown(cell)) != name
            draft.leave(cell, f"{of} {name}" if is_named else of, unread.reason)
    for cell in filter(draft.source.is_number, card.groups):
        draft.leave(cell, "", "it stands alone in its row, where a section may be named")
    if card.coloured:
        what = f"{len(card.coloured)} cells are coloured: a colour is not read, and not compared with what is computed."
        draft.ask(card.coloured[0], what, is_open=False)
