"""`cpreport diff`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Quiet
from cpreport.commands.printing import Listing, print_json, print_status, print_text
from cpreport.model.errors import InputError

if TYPE_CHECKING:
    from cpreport.model.audit import Audit


def diff(
    earlier: Annotated[Path, typer.Argument(metavar="EARLIER.audit.json", help="The audit file of a report.")],
    later: Annotated[Path, typer.Argument(metavar="LATER.audit.json", help="That of a later one.")],
    quiet: Quiet = False,
    json: Annotated[bool, typer.Option("--json", help="Print the changes as JSON.")] = False,
) -> None:
    """Say what has changed from one report to another: statuses, arrows, figures, targets, definitions, texts."""
    from cpreport.compose.changes import changes_between, in_order, in_words, report_named
    from cpreport.model.sentences import sentence

    named = [(path, _read(path, quiet)) for path in (earlier, later)]
    if not in_order(*(audit for _, audit in named)):
        named.reverse()
        print_status(f"{named[0][0]} is the earlier report's: the changes are from that to {named[1][0]}", quiet)
    for remark in _remarks(*named):
        print_status(remark, quiet)
    before, after = (audit for _, audit in named)
    changes = changes_between(before, after)
    if json:
        records = [change.record() for change in changes]
        print_json({"earlier": before.period, "later": after.period, "changes": records})
        return
    says = partial(sentence, {})
    listed = list(in_words(changes, says, {}, {}))
    print_text(says("changes_since" if listed else "no_changes", report=report_named(before, says)) + "\n")
    print_text("".join(f"\n{each.heading}\n" + "".join(f"- {line}\n" for line in each.lines) for each in listed))


def _read(path: Path, quiet: bool) -> Audit:
    from cpreport.inputs.audit import read_audit

    try:
        return read_audit(path)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(path, failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure


def _remarks(earlier: tuple[Path, Audit], later: tuple[Path, Audit]) -> Iterator[str]:
    """What a reader of the changes should know of the two reports."""
    for path, audit in (earlier, later):
        if audit.is_draft:
            yield f"{path} is of a draft"
    names = [f"{audit.title}, {audit.authority}".rstrip(", ") for _, audit in (earlier, later)]
    if names[0] != names[1]:
        yield f"these are two reports: {names[0]}; {names[1]}"
