"""Makes the draft of a month's workbook from a scorecard, and leaves out what no report could be built with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cpreport.forms.from_scorecard.draft import Certainty, Draft
from cpreport.forms.from_scorecard.drafting import Said, drafted
from cpreport.forms.from_scorecard.source import Source
from cpreport.forms.from_scorecard.typed import ask_of_differing
from cpreport.forms.from_scorecard.workbook import addresses, save_draft
from cpreport.forms.starter.adding import Added, add_missing
from cpreport.inputs.workbook.cells.spreadsheet import Spreadsheet
from cpreport.inputs.workbook.data import data_sheets, read_book
from cpreport.inputs.workbook.scorecard.grid import read_scorecard
from cpreport.inputs.workbook.scorecard.values import Scorecard
from cpreport.model.errors import InputError, UsageError
from cpreport.model.figure import CellRef, cell_place
from cpreport.model.finding import Finding, Place
from cpreport.model.period import MONTHS, TERMS, Kind, Period
from cpreport.model.rules.scorecard import NO_LINES, UNCLEAR
from cpreport.pipeline import Month, load_workbook


class Made(NamedTuple):
    """The workbook that was made from a scorecard, what was added to the folder, and the draft that is in it."""

    workbook: Path
    files: Added
    draft: Draft

    @property
    def contents(self) -> list[str]:
        """`24 indicators`, `13 periods`, `1 benchmark`."""
        rows = Counter(sheet for sheet, _ in {(at.sheet, at.row) for at in self.draft.cells})
        found = {"indicator": rows["Indicators"], "period": len(self.draft.columns), "benchmark": rows["Benchmarks"]}
        return [f"{count:,} {what}{'' if count == 1 else 's'}" for what, count in found.items()]

    @property
    def questions(self) -> list[str]:
        """How many rows of each kind the sheet Questions has: `3 open`, `2 assumed`, `12 not taken`."""
        found = Counter(each.certainty for each in self.draft.asked)
        return [f"{found[certainty]:,} {certainty.value}" for certainty in Certainty]


def make_from_scorecard(folder: Path, path: Path, sheet: str, period: Period | None, authority: str) -> Made:
    """Adds a workbook that is drafted from a scorecard to a folder, which may be new; what is there is kept.

    `sheet` is empty where only one looks like a scorecard; `period` is what somebody said the newest one is, or None;
    `authority` may be empty. Raises InputError where nothing can be drafted, UsageError where there is no figure of
    the period, or as `add_missing` does, and EnvironmentFailure where the system fails; nothing is then left behind.
    """
    book, card = _read(path, sheet, period)
    made: dict[str, Draft] = {}

    def write(staging: Path) -> None:
        name, draft = _write(staging, card, Source(book), Said(authority, period))
        made[name] = draft

    files = add_missing(folder, write)
    ((name, draft),) = made.items()
    return Made(folder / name, files, draft)


def file_name(period: Period) -> str:
    """The name of a period's workbook.

    >>> from cpreport.model.period import month, quarter
    >>> file_name(month(2023, 7)), file_name(quarter(2023, 1)), file_name(Period(Kind.TERM, 2022 * 3))
    ('july-2023.xlsx', 'q1-2023-24.xlsx', '2022-23-autumn.xlsx')
    """
    name = period.slug
    if period.kind is Kind.MONTH:
        name = f"{MONTHS[period.start.month - 1]}-{period.start.year}"
    elif period.kind is Kind.QUARTER:
        year, _, part = name.rpartition("-")
        name = f"{part}-{year}"
    return f"{name.lower()}.xlsx"


def _read(path: Path, sheet: str, period: Period | None) -> tuple[Spreadsheet, Scorecard]:
    """The workbook and its scorecard: on the sheet of a name, or the only one that looks so. Raises InputError."""
    book = read_book(path, sheet)
    found = data_sheets(book) or (book.sheets if len(book.sheets) == 1 else ())
    if not found:
        raise InputError(*(NO_LINES.at(Place(file=book.file, sheet=each.name)) for each in book.sheets))
    return book, read_scorecard(book, found[0], TERMS, period)


def _write(staging: Path, card: Scorecard, source: Source, said: Said) -> tuple[str, Draft]:
    """Writes the draft that builds, and gives its name: cells that stand in the way are left out, and told."""
    rejected: dict[CellRef, str] = {}
    while True:
        draft = drafted(card, source, said, rejected)
        if draft.period is None:
            raise InputError(*_without_period(card, source.book.file))
        if said.period not in (None, draft.period):
            raise UsageError(f"--period: there is no figure of {said.period}; the newest are of {draft.period}")
        path = staging / f"{len(rejected)}.xlsx"  # what a run has read under a name it does not read again
        title = f"Drafted from {source.book.file}"
        save_draft(path, draft, title)
        month, errors = _built(path)
        if month and not errors:
            ask_of_differing(draft, card, month)
            save_draft(staging / file_name(draft.period), draft, title)
            path.unlink()
            return file_name(draft.period), draft
        unfit = _unfit(draft, errors)
        if unfit.keys() <= rejected.keys():
            raise InputError(*errors)
        rejected |= unfit
        path.unlink()


def _without_period(card: Scorecard, file: str) -> list[Finding]:
    """Why no figure can be taken: a period that is not clear, or no figure at all."""
    texts = {each: {"text": each.text, "question": each.open.value} for each in card.undated}
    found = [UNCLEAR.at(cell_place(file, each.cell), **text) for each, text in texts.items()]
    return found or [NO_LINES.at(Place(file=file, sheet=card.sheet))]


def _built(path: Path) -> tuple[Month | None, list[Finding]]:
    """The month of a workbook, None where it cannot be read at all, and what stops a report from being built of it."""
    try:
        month = load_workbook(path)
        return month, [each for each in month.findings if each.is_error]
    except InputError as failure:
        return None, list(failure.findings)


def _unfit(draft: Draft, errors: Sequence[Finding]) -> dict[CellRef, str]:
    """The cells of the source that errors in the draft are about, with what is wrong."""
    address = addresses(draft)
    origins = {address(at): cells for at, cells in draft.origins.items() if cells}
    return {cell: each.message for each in errors for cell in origins.get(str(each.place), ())}
