"""`cpreport new-month`."""

from __future__ import annotations

import sys

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import OneWorkbook, Quiet, Report, SheetName
from cpreport.commands.printing import Listing, print_status
from cpreport.commands.usage import only_one
from cpreport.model.errors import InputError


def new_month(workbook: OneWorkbook, report: Report = None, sheet: SheetName = "", quiet: Quiet = False) -> None:
    """Write the next month's workbook beside this one: july-2023.xlsx gives august-2023.xlsx, ready to be filled in."""
    from cpreport.forms.new_month.workbook import make_new_month, write_new_month

    path = only_one(workbook, "new-month")
    try:
        new = make_new_month(path, report, sheet)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(path, failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    write_new_month(new)
    print_status(f"{new.path} written", quiet)
    for remark in new.remarks:
        print_status(remark, quiet)
    print_status(f'next: fill in {new.period.label}, then run: cpreport validate "{new.path}"', quiet)
