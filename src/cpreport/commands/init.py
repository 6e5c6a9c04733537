"""`cpreport init`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Quiet, Report, ReportingPeriod, SheetName
from cpreport.commands.printing import Listing, print_status
from cpreport.model.errors import InputError, UsageError
from cpreport.model.period import Period

if TYPE_CHECKING:
    from cpreport.forms.from_scorecard.making import Made
    from cpreport.forms.starter.writing import Starter


def init(
    folder: Path,
    authority: Annotated[str, typer.Option("--authority", metavar="NAME", help="The council's name.")] = "",
    scorecard: Annotated[
        Path | None,
        typer.Option("--from", metavar="SCORECARD.xlsx", help="Take indicators and figures from this workbook."),
    ] = None,
    sheet: SheetName = "",
    report: Report = None,
    period: ReportingPeriod = None,
    is_folder: Annotated[
        bool, typer.Option("--folder", help="Make a report folder beside the workbook, to change more than indicators.")
    ] = False,
    wanted: Annotated[
        str, typer.Option("--with", metavar="ID,ID…", help="Indicators to take from the library, too.")
    ] = "",
    quiet: Quiet = False,
) -> None:
    """Make a workbook to start from that builds at once: with example figures, or with those of a scorecard."""
    if scorecard:
        if report or is_folder or wanted:
            raise UsageError("--from makes a workbook of its own: leave out --report, --folder and --with")
        _draft(folder, scorecard, sheet, period, authority.strip(), quiet)
        return
    if sheet or not authority:
        raise UsageError("--sheet is for --from only" if sheet else "give --authority NAME, or --from SCORECARD.xlsx")
    from datetime import date

    from cpreport.forms.starter.writing import make_folder, make_workbook
    from cpreport.model.period import Kind, newest_ended

    make = make_folder if is_folder else make_workbook
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    made = make(folder, report, authority, period or newest_ended(Kind.MONTH, date.today()), names)
    for line in _told(folder, made, report is not None):
        print_status(line, quiet)


def _draft(folder: Path, scorecard: Path, sheet: str, period: Period | None, authority: str, quiet: bool) -> None:
    """Makes a workbook from a scorecard, and says what is in it and what is asked."""
    from cpreport.forms.from_scorecard.making import make_from_scorecard

    try:
        made = make_from_scorecard(folder, scorecard, sheet, period, authority)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(scorecard, failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    for line in _drafted(made):
        print_status(line, quiet)


def _drafted(made: Made) -> Iterator[str]:
    if made.files.kept:
        yield f"{made.workbook} is there and kept: nothing was written"
        return
    yield f"{made.workbook} written: {', '.join(made.contents)}"
    yield f"the sheet Questions lists what is left to decide: {', '.join(made.questions)}"
    yield f'answer in the cells that it names, then run: cpreport build "{made.workbook}"'


def _told(folder: Path, made: Starter, is_named: bool) -> Iterator[str]:
    if made.left_out and is_named:
        yield f"an Indicators sheet does not hold: {', '.join(made.left_out)}; --folder keeps them"
    if kept := made.files.kept:
        yield f"there and kept: {', '.join(kept)}"
        yield f"added: {', '.join(made.files.added) or 'nothing, for nothing is missing'}"
    if made.files.added:
        yield f'{folder} is ready: edit {made.workbook.name}, then run: cpreport build "{made.workbook}"'
