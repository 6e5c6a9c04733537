"""`cpreport init`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.options import Quiet, Report, ReportingPeriod
from cpreport.commands.printing import print_status

if TYPE_CHECKING:
    from cpreport.forms.starter.writing import Starter


def init(
    folder: Path,
    authority: Annotated[str, typer.Option("--authority", metavar="NAME", help="The council's name.")],
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
    """Make a workbook to start from, marked EXAMPLE, that builds at once: indicators, figures and Word narratives."""
    from datetime import date

    from cpreport.forms.starter.writing import make_folder, make_workbook
    from cpreport.model.period import Kind, newest_ended

    make = make_folder if is_folder else make_workbook
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    made = make(folder, report, authority, period or newest_ended(Kind.MONTH, date.today()), names)
    for line in _told(folder, made, report is not None):
        print_status(line, quiet)


def _told(folder: Path, made: Starter, is_named: bool) -> Iterator[str]:
    if made.left_out and is_named:
        yield f"an Indicators sheet does not hold: {', '.join(made.left_out)}; --folder keeps them"
    if kept := made.files.kept:
        yield f"there and kept: {', '.join(kept)}"
        yield f"added: {', '.join(made.files.added) or 'nothing, for nothing is missing'}"
    if made.files.added:
        yield f'{folder} is ready: edit {made.workbook.name}, then run: cpreport build "{made.workbook}"'
