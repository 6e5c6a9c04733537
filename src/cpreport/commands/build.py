"""`cpreport build`."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Found, each
from cpreport.commands.opening import open_file
from cpreport.commands.options import Inputs, Json, Open, Quiet, Strict, Workbooks
from cpreport.commands.printing import Listing, print_status
from cpreport.commands.usage import check_output, expanded, report_paths
from cpreport.model.errors import UsageError

if TYPE_CHECKING:
    from cpreport.pipeline import Month


class Format(str, Enum):
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"


def build(
    workbooks: Workbooks,
    inputs: Inputs,
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Where to write: a file for one workbook in one format, a folder for several."),
    ] = None,
    formats: Annotated[
        list[Format] | None,
        typer.Option("--format", help="What to write, a Word document unless said; give it again for several."),
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Write despite errors, marked DRAFT on every page.")] = False,
    strict: Strict = False,
    no_audit: Annotated[bool, typer.Option("--no-audit", help="Write no audit file.")] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a report that is there, even if edited.")
    ] = False,
    open: Open = False,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the report next to each workbook: july-2023.xlsx gives july-2023.docx, and its audit file."""
    paths, kinds = expanded(workbooks), [kind.value for kind in dict.fromkeys(formats or [Format.DOCX])]
    check_output(output, len(paths), kinds)
    written: set[Path] = set()

    def write(month: Month, path: Path) -> Found:
        from cpreport.editions.writing import refuse_other, refuse_place, write_whole
        from cpreport.publishing import AUDIT_KIND, build_editions

        targets = report_paths(path, month, output, kinds if no_audit else [*kinds, AUDIT_KIND])
        is_beside = targets[kinds[0]].parent.resolve() == path.parent.resolve()
        if twice := next((place for place in targets.values() if place.resolve() in written), None):
            raise UsageError(f"{twice} was just written from another workbook: give each its own name")
        for place in () if overwrite else targets.values():
            refuse_other(place, month.report, is_beside)
        built = build_editions(month, targets, draft=draft, strict=strict)
        for kind, content in built.files.items():
            refuse_place(targets[kind], content)
        for kind, content in built.files.items():
            write_whole(targets[kind], content)
            written.add(targets[kind].resolve())
            print_status(f"{targets[kind]} written", quiet)
        if open:
            open_file(targets[kinds[0]])
        return built.findings, built.ignored

    each(paths, inputs, Listing(quiet, json, sys.stdout if json else sys.stderr), write)
