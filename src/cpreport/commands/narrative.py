"""`cpreport narrative`: `chase`, `new` and `fix`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit, each
from cpreport.commands.options import (
    Inputs,
    Json,
    Narrative,
    OneWorkbook,
    Quiet,
    Report,
    ReportingPeriod,
    SheetName,
    with_inputs,
)
from cpreport.commands.printing import Listing, print_error, print_json, print_status, print_text
from cpreport.commands.usage import only_one
from cpreport.model.errors import InputError, UsageError

if TYPE_CHECKING:
    from cpreport.pipeline import Month

narratives = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Word files to write in, outstanding texts, and typed numbers."
)


@narratives.command()
@with_inputs
def chase(
    workbook: OneWorkbook,
    inputs: Inputs,
    quiet: Quiet = False,  # noqa: ARG001 - accepted as by other commands; it changes nothing
    json: Json = False,
) -> None:
    """List who owes which text, ready to paste into an email: what is missing, too short, too long or copied."""
    from cpreport.compose.narratives import OWING, list_owed, owed_text

    def print_owed(month: Month, _: Path) -> None:
        owed = list(list_owed(month.workbook, month.folder, month.findings))
        if json:
            print_json([text.record() for text in owed])
        else:
            print_text(owed_text(owed, month.workbook, month.folder))

    only_other_errors = Listing(True, False, sys.stderr, ignore=sorted(OWING), errors_only=True)
    each([only_one(workbook, "narrative chase")], inputs, only_other_errors, print_owed)


@narratives.command()
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
    report: Report = None,
    period: ReportingPeriod = None,
    sheet: SheetName = "",
    quiet: Quiet = False,
) -> None:
    """Write a Word file to write in for each section with slots, with its figures. Files with texts are kept."""
    from cpreport.forms.making import find_workbook, make_forms, write_forms

    command, path = "narrative new", None
    if workbook:
        path = only_one(workbook, command)
    elif period:
        path = find_workbook(Path(), period)
    else:
        wanted = "the period to write for, as in --period 2023-08"
        raise UsageError(f"{command} needs a workbook, or {wanted}")
    try:
        forms = make_forms(path, report=report, period=period, narrative=narrative, sheet=sheet)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(path or Path(), failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    for kept in forms.kept:
        print_status(
            f"{kept} is {'open in another program' if kept in forms.opened else 'there'} and is kept as it is", quiet
        )
    write_forms(forms)
    for form in forms.files:
        print_status(f"{form.path} written", quiet)
    if not forms.files:
        what = "nothing to write" if forms.kept else "no section of the report has slots: there is nothing to write"
    elif path:
        what = f"the figures are from {path}"
    else:
        what = f"there are no figures yet: this folder has no workbook for {forms.workbook.period} or earlier"
    print_status(what, quiet)


@narratives.command()
@with_inputs
def fix(
    workbook: OneWorkbook,
    inputs: Inputs,
    write: Annotated[bool, typer.Option("--write", help="Write the changes instead of only showing them.")] = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Show which numbers typed in narratives a tag prints the same; with --write, put the tags in."""

    def fix_workbook(month: Month, path: Path) -> None:
        from cpreport.annotate.fixes import fix_narratives, write_fixes
        from cpreport.compose.narratives import replacement_record, replacements_summary, replacements_text

        fixes = fix_narratives(month, path, inputs.narrative)
        if json:
            print_json([replacement_record(found) for found in fixes.replacements])
        else:
            print_text(replacements_text(fixes.replacements))
        for loss in fixes.losses:
            print_error(loss)
        if write:
            write_fixes(fixes, path)
        print_status(replacements_summary(fixes.replacements, write), quiet)

    only_wrong_data = Listing(True, False, sys.stderr, ignore=("narrative", "template"), errors_only=True)
    each([only_one(workbook, "narrative fix")], inputs, only_wrong_data, fix_workbook)
