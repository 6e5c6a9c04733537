"""`cpreport build`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import each
from cpreport.commands.opening import open_file
from cpreport.commands.options import Inputs, Json, Open, Quiet, Strict, Workbooks
from cpreport.commands.printing import Listing, print_status
from cpreport.commands.usage import check_output, expanded, report_path
from cpreport.model.errors import UsageError

if TYPE_CHECKING:
    from cpreport.pipeline import Month


class Format(str, Enum):
    DOCX = "docx"


def build(
    workbooks: Workbooks,
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where to write: a file for one workbook, a folder for several.")
    ] = None,
    formats: Annotated[  # noqa: ARG001 - docx is the only format
        list[Format] | None, typer.Option("--format", help="What to write: a Word document.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Write despite errors, marked DRAFT on every page.")] = False,
    strict: Strict = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a report that is there, even if edited.")
    ] = False,
    open: Open = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the report next to each workbook: july-2023.xlsx gives july-2023.docx."""
    paths = expanded(workbooks)
    check_output(output, len(paths))
    written: set[Path] = set()

    def write(month: Month, path: Path) -> None:
        from cpreport.editions.writing import refuse_other, write_output
        from cpreport.pipeline import build_report

        target = report_path(path, month, output)
        if target.resolve() in written:
            raise UsageError(f"{target} was just written from another workbook: give each its own name")
        if not overwrite:
            refuse_other(target, month.report, target.parent.resolve() == path.parent.resolve())
        write_output(target, build_report(month, draft=draft, strict=strict))
        written.add(target.resolve())
        print_status(f"{target} written", quiet)
        if open:
            open_file(target)

    each(paths, inputs, Listing(quiet, json, sys.stdout if json else sys.stderr), write)
