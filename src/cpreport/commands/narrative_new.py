"""`cpreport narrative new`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Narrative, PeriodText, Quiet, ReportName, inputs_of
from cpreport.commands.printing import Listing, say
from cpreport.commands.usage import at_hand, only_one
from cpreport.model.errors import InputError

if TYPE_CHECKING:
    from cpreport.forms.making import Forms


def new(
    workbook: Annotated[
        str | None,
        typer.Argument(
            metavar="WORKBOOK",
            help="The period's workbook, or an earlier one; without it, the one that this folder has for --period.",
            show_default=False,
        ),
    ] = None,
    narrative: Narrative = None,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
) -> None:
    """Write a Word file to be filled for each section with slots, with its figures. What somebody wrote stays."""
    from cpreport.forms.making import make_forms, write_forms

    inputs = inputs_of(narrative, report=report, period=period)
    command = "narrative new"
    path = only_one(workbook, command) if workbook else at_hand(inputs.period, command)
    try:
        forms = make_forms(path, report=inputs.report, period=inputs.period, narrative=narrative)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(path or Path(), failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    for kept in forms.kept:
        say(f"{kept} is {'open in another program' if kept in forms.opened else 'there'} and stays as it is", quiet)
    write_forms(forms)
    for form in forms.files:
        say(f"{form.path} written", quiet)
    say(_said_of_forms(forms, path), quiet)


def _said_of_forms(forms: Forms, workbook: Path | None) -> str:
    if not forms.files:
        return "nothing to write" if forms.kept else "no section of the report has slots: there is nothing to write"
    if workbook:
        return f"the figures are those of {workbook}"
    return f"there are no figures yet: this folder has no workbook of {forms.workbook.period} or earlier"
