"""`cpreport validate`."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit, each
from cpreport.commands.opening import open_file
from cpreport.commands.options import Ignore, Inputs, Json, Only, Open, Quiet, Strict, Workbooks
from cpreport.commands.printing import Listing, print_error, print_status
from cpreport.commands.usage import check_copy, expanded
from cpreport.model.errors import InputError, UsageError
from cpreport.model.finding import Finding, Severity

if TYPE_CHECKING:
    from cpreport.pipeline import Month


def validate(
    workbooks: Workbooks,
    inputs: Inputs,
    strict: Strict = False,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="COPY.xlsx", help="Mark the findings in a copy of the workbook."),
    ] = None,
    only: Only = [],  # noqa: B006 - nobody changes it
    ignore: Ignore = [],  # noqa: B006
    ignored: Annotated[bool, typer.Option("--ignored", help="List what is ignored instead, with the reasons.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Also list numbers in narratives that cannot be checked.")
    ] = False,
    all: Annotated[
        bool, typer.Option("--all", help="Also list findings that follow from another, or are like many others.")
    ] = False,
    open: Open = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """List every problem, with where it is and how to fix it. Nothing is written but a marked copy, if asked for."""
    listing = Listing(quiet, json, sys.stdout, only=only, ignore=ignore, ignored=ignored, verbose=verbose, all=all)
    paths = expanded(workbooks)
    if annotate:
        check_copy(annotate, paths)
    elif open:
        raise UsageError("--open opens the marked copy: name one with --annotate")

    titles: dict[str, str] = {}

    def judge(path: Path, findings: Sequence[Finding]) -> Exit:
        wrong = any(finding.is_error or (strict and finding.severity is Severity.WARNING) for finding in findings)
        marked = _annotate(path, findings, titles, len(listing.left_out), annotate, quiet) if annotate else Exit.DONE
        if annotate and open and marked is Exit.DONE:
            open_file(annotate)
        return Exit.INPUTS if wrong else marked

    def note_titles(month: Month, _: Path) -> None:
        titles.update({section.id: section.title for section in month.folder.sections})

    each(paths, inputs, listing, note_titles, judge=judge)


def _annotate(
    workbook: Path, findings: Sequence[Finding], titles: Mapping[str, str], left_out: int, copy: Path, quiet: bool
) -> Exit:
    """Writes a copy of a workbook with these findings marked; none of one that cannot be opened."""
    from cpreport.annotate.marked.workbook import mark_workbook, refuse_foreign
    from cpreport.editions.writing import write_output

    try:
        marked = mark_workbook(workbook, findings, left_out, titles)
    except InputError as failure:
        print_error(f"no marked copy was written: {failure}")
        return Exit.INPUTS
    refuse_foreign(copy)
    for loss in marked.losses:
        print_error(loss)
    write_output(copy, marked.content)
    print_status(f"{copy} written", quiet)
    return Exit.DONE
