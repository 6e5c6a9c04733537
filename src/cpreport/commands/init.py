"""`cpreport init`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cpreport.commands.options import Quiet, Report, ReportingPeriod
from cpreport.commands.printing import print_status


def init(
    folder: Path,
    authority: Annotated[str, typer.Option("--authority", metavar="NAME", help="The council's name.")],
    report: Report = None,
    period: ReportingPeriod = None,
    quiet: Quiet = False,
) -> None:
    """Make a starter folder that builds at once: report folder, workbook and Word narratives, marked EXAMPLE."""
    from datetime import date

    from cpreport.forms.starter.folder import make_starter
    from cpreport.model.period import Kind, newest_ended

    made = make_starter(folder, report, authority, period or newest_ended(Kind.MONTH, date.today()))
    if kept := made.files.kept:
        print_status(f"{', '.join(kept)} {'is' if len(kept) == 1 else 'are'} there and kept", quiet)
    if not made.files.added:
        print_status(f"nothing is missing in {folder}", quiet)
    else:
        print_status(f'{folder} is ready: edit {made.workbook.name}, then run: cpreport build "{made.workbook}"', quiet)
