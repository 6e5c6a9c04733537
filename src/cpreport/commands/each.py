"""Each workbook of a command line by itself, and the exit status of a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cpreport.commands.options import Inputs
from cpreport.commands.printing import Listing, print_error
from cpreport.model.errors import CpreportError, InputError, UsageError
from cpreport.model.finding import Finding, Ignored
from cpreport.office.files import remembering_inputs

if TYPE_CHECKING:
    from cpreport.pipeline import Month


Found = tuple[Sequence[Finding], Sequence[Ignored]]
"""Findings, and those that are ignored."""


class Exit(IntEnum):
    DONE = 0
    INPUTS = 1
    USAGE = 2
    ENVIRONMENT = 3


def each(
    paths: Sequence[Path],
    inputs: Inputs,
    listing: Listing,
    action: Callable[[Month, Path], Found | None] = lambda *_: None,
    *,
    found: Callable[[Month], Found] = lambda month: (month.findings, month.ignored),
    judge: Callable[[Path, Sequence[Finding]], Exit] = lambda *_: Exit.DONE,
) -> None:
    """Loads each workbook and runs `action` on it; a failure does not stop the others, and the highest status wins.

    `found` gives what is listed for a month, `action` what is listed after it. `judge` gets the findings that count,
    also where reading failed.
    """

    def run(path: Path) -> Exit:
        counted: list[Finding] = []
        status = Exit.DONE
        try:
            with remembering_inputs():
                month = inputs.load(path)
                counted += listing.add(path, *found(month))
                counted += listing.add(path, *(action(month, path) or ((), ())))
        except InputError as failure:
            counted += listing.add_all(path, failure.findings)
            status = Exit.INPUTS
        return max(status, judge(path, counted))

    each_by_itself(paths, listing, run)


def each_by_itself(paths: Sequence[Path], listing: Listing, run: Callable[[Path], Exit]) -> None:
    """Runs something on each file; a failure does not stop the others, and the highest status wins."""
    listing.workbooks = paths
    highest = Exit.DONE
    for path in paths:
        try:
            highest = max(highest, run(path))
        except Exception as failure:
            highest = max(highest, failed(failure, f"{path}: "))
    listing.finish()
    if highest:
        raise typer.Exit(highest)


def failed(failure: Exception, place: str = "") -> Exit:
    """Prints why a command failed, with its place unless the message has it, and gives the exit status."""
    match failure:
        case CpreportError():
            print_error(str(failure))
        case OSError():
            print_error(f"{failure.filename or f'{place}the system failed'}: {failure.strerror or failure}")
        case MemoryError():
            print_error(f"{place}there is not enough memory")
        case _ if os.environ.get("CPREPORT_DEBUG"):
            raise failure
        case _:
            print_error(f"{place}cpreport has a bug; please report it ({type(failure).__name__}: {failure})")
    statuses: dict[type[Exception], Exit] = {InputError: Exit.INPUTS, UsageError: Exit.USAGE}
    return statuses.get(type(failure), Exit.ENVIRONMENT)
