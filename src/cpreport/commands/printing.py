"""What the commands print: findings, records, messages."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TextIO

from cpreport.model.errors import EnvironmentFailure
from cpreport.model.finding import Finding, Ignored, Severity

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


@dataclass
class Listing:
    """Gathers the findings of all workbooks, and prints them at the end as one report.

    `what` the files are, in the plural, if they are no workbooks. `quiet` leaves out notes and the summary,
    `errors_only` warnings too. `only` and `ignore` are codes or areas; with `ignored` the ignored findings are
    listed instead. Verbose findings are only counted unless `verbose` is set; findings that follow from another are
    counted with it unless `all` is set. If several `workbooks` have one name, findings give the path. `left_out` is
    what `only` and `ignore` have left out so far.
    """

    quiet: bool
    json: bool
    stream: TextIO
    only: Sequence[str] = ()
    ignore: Sequence[str] = ()
    what: str = "workbooks"
    ignored: bool = False
    verbose: bool = False
    errors_only: bool = False
    all: bool = False
    workbooks: Sequence[Path] = ()
    left_out: list[Ignored] = field(default_factory=list)
    _read: set[Path] = field(default_factory=set)
    _listed: dict[Finding, None] = field(default_factory=dict)
    _roots: list[Finding] = field(default_factory=list)
    _ignored: list[Ignored] = field(default_factory=list)
    _counted: dict[Finding, None] = field(default_factory=dict)

    def add(self, workbook: Path, findings: Sequence[Finding], ignored: Sequence[Ignored] = ()) -> list[Finding]:
        """Adds a workbook's findings to the list, except those left out, and gives those that count."""
        from cpreport.checks.selection import by_code

        selected, left_out = by_code(self._named(workbook, findings), self.only, self.ignore)
        verbose = [] if self.verbose else [finding for finding in selected if finding.rule.is_verbose]
        self._counted |= dict.fromkeys(verbose)
        self._ignored += ignored
        self.left_out += left_out
        return self.add_all(workbook, [finding for finding in selected if finding not in self._counted])

    def add_all(self, workbook: Path, findings: Sequence[Finding]) -> list[Finding]:
        """Adds all of these to the list, and gives those that are new in it."""
        from cpreport.checks.order import grouped_by_cause

        new = [finding for finding in self._named(workbook, findings) if finding not in self._listed]
        self._read.add(workbook)
        self._listed |= dict.fromkeys(new)
        self._roots += grouped_by_cause(new)
        return new

    def _named(self, workbook: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        if [path.name for path in self.workbooks].count(workbook.name) < 2:
            return findings
        places = (
            replace(each.place, file=str(workbook)) if each.place.file == workbook.name else each.place
            for each in findings
        )
        return [replace(finding, place=place) for finding, place in zip(findings, places, strict=True)]

    def finish(self) -> None:
        from cpreport.compose.findings import finding_record, ignored_finding, summary, unlisted

        listed = [each for root in self._roots for each in (root, *(root.consequences if self.all else ()))]
        if self.ignored:
            listed = [ignored_finding(one) for one in (*self._ignored, *self.left_out)]
        hidden = {Severity.NOTE, Severity.WARNING} if self.errors_only else {Severity.NOTE} if self.quiet else set()
        shown = [finding for finding in listed if finding.gravest not in hidden]
        if self.json:
            print_json([finding_record(finding) for finding in shown])
            return
        with writing(self.stream) as stream:
            _print_findings(shown, stream)
        if self._read:
            counts = (len(self._ignored), len(self.left_out), len(self._read))
            followers = 0 if self.all else len(self._listed) - len(self._roots)
            print_status(
                summary(list(self._listed), *counts, followers, self.what) + unlisted(self._counted), self.quiet
            )


def _print_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """A table on a terminal, otherwise one line for each finding."""
    from cpreport.compose.findings import finding_line, message

    if not (stream.isatty() and findings):
        stream.writelines(f"{finding_line(finding)}\n" for finding in findings)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "Place", "What is wrong, and how to fix it"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        place = "\n".join(filter(None, (finding.place.file, str(finding.place))))
        text = Text(f"{message(finding)}\n").append(finding.code, style="dim")
        table.add_row(Text(finding.severity.value, style=_STYLES[finding.severity]), Text(place), text)
    Console(file=stream, highlight=False).print(table)


def print_json(value: object) -> None:
    import json

    print_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def print_text(text: str) -> None:
    with writing(sys.stdout) as out:
        out.write(text)


def print_csv(records: Sequence[dict[str, str | int | float | None]]) -> None:
    import csv

    from cpreport.compose.listing import FigureRow

    with writing(sys.stdout) as out:
        writer = csv.DictWriter(out, fieldnames=FigureRow._fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


@contextmanager
def writing(stream: TextIO) -> Iterator[TextIO]:
    """Standard output or error. A full disk is a failure on standard output only.

    A reader that stops early affects only what is printed.
    """
    try:
        yield stream
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if stream is sys.stdout and not isinstance(error, BrokenPipeError):
            raise EnvironmentFailure(f"the output cannot be written: {error.strerror}") from error


def print_status(text: str, quiet: bool = False) -> None:
    if not quiet:
        with writing(sys.stderr) as stream:
            stream.write(f"{text}\n")


def print_error(text: str) -> None:
    print_status(f"cpreport: {text}")


def write_utf8() -> None:
    """Files and pipes get UTF-8; a terminal that lacks a character shows a question mark; a closed stream nothing."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
