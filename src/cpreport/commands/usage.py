"""Reads the arguments of a command line: workbooks, outputs, report folders, periods, codes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cpreport.model.errors import EnvironmentFailure, InputError, UsageError

WRITTEN = (".docx", ".html", ".pdf")
"""The extensions of what `build` writes."""

if TYPE_CHECKING:
    from cpreport.model.period import Period
    from cpreport.pipeline import Month


def expanded(names: Sequence[str], what: str = "workbook") -> list[Path]:
    """The files that names and wildcards match, each once, without lock files and cloud conflict copies.

    A wildcard does not match marked copies.
    """
    from cpreport.inputs.texts import NEVER_AN_INPUT

    found = [match for name in names for match in _wildcard_matches(name)]
    paths = [path for path in dict.fromkeys(map(Path, found)) if not NEVER_AN_INPUT.search(path.name)]
    if not paths:
        raise EnvironmentFailure(f"there is no {what} {', '.join(names)} (lock files and conflict copies do not count)")
    return paths


def _wildcard_matches(name: str) -> list[str]:
    """The names that a wildcard matches; the name itself if it is not a wildcard or matches nothing."""
    if not any(sign in name for sign in "*?[") or Path(name).exists():
        return [name]
    from glob import glob

    from cpreport.office.package import is_marked_copy

    return [match for match in sorted(glob(name)) if not is_marked_copy(Path(match))] or [name]  # noqa: PTH207


def only_one(name: str, command: str) -> Path:
    """The one workbook that a command takes; raises UsageError for a wildcard that matches several."""
    paths = expanded([name])
    if len(paths) > 1:
        raise UsageError(f"{command} takes one workbook at a time: {name} matches {len(paths)}")
    return paths[0]


def check_output(output: Path | None, workbooks: int, kinds: Sequence[str]) -> None:
    """Raises unless an output is an existing folder or, for one workbook and one kind of file, the name of such a file.

    `kinds` are the extensions of what is written, without their dots.
    """
    if output is None or output.is_dir():
        return
    if workbooks > 1 or len(kinds) > 1:
        several = "several workbooks need" if workbooks > 1 else "several formats need"
        raise EnvironmentFailure(f"there is no folder {output}: {several} one to be written to; make it first")
    (kind,) = kinds
    if output.suffix.lower() == f".{kind}":
        return
    if output.suffix.lower() in WRITTEN:
        raise UsageError(f"--output {output} needs --format {output.suffix[1:].lower()}")
    if output.exists():
        what = "a Word document" if kind == "docx" else f"the name of a {kind.upper()} file"
        raise UsageError(f"{output} is not {what}: name a file that ends in .{kind}, or a folder")
    raise EnvironmentFailure(f"there is no folder {output}; a file's name ends in .{kind}")


def check_copy(copy: Path, workbooks: Sequence[Path]) -> None:
    """Raises UsageError unless a marked copy is of one workbook, another file, and has the same extension."""
    from cpreport.office.files import is_same

    if len(workbooks) > 1:
        raise UsageError("--annotate marks a copy of one workbook: give only one")
    (workbook,) = workbooks
    if workbook.exists() and is_same(workbook, copy):
        raise UsageError(f"--annotate: {copy} is the workbook itself: give the copy another name")
    if copy.suffix.lower() != workbook.suffix.lower():
        raise UsageError(f"--annotate: the copy of {workbook.name} needs a name that ends in {workbook.suffix}")


def report_paths(workbook: Path, month: Month, output: Path | None, kinds: Sequence[str]) -> dict[str, Path]:
    """Where a workbook's report goes in each kind of file: beside it, or into the given folder, or as given."""
    if output and not output.is_dir():
        return {kind: output if kind == kinds[0] else output.with_name(f"{output.stem}.{kind}") for kind in kinds}
    return {kind: (output or workbook.parent) / f"{month.name}.{kind}" for kind in kinds}


def report_folder(name: str) -> Path:
    """The folder of a report, by its name or path; raises UsageError where there is none."""
    from cpreport.inputs.definitions.folder import find_report
    from cpreport.model.finding import Place

    try:
        return find_report(name, Path(), Place())
    except InputError as failure:
        raise UsageError(f"{failure} ({failure.findings[0].hint})") from failure


def period_of(text: str) -> Period | None:
    """A period as typed, none for an empty text; raises UsageError where it cannot be read."""
    from cpreport.model.period_text import NotAPeriod, parse_period

    try:
        return parse_period(text) if text else None
    except NotAPeriod as reason:
        raise UsageError(f"--period: {reason}") from reason


def code_of(name: str) -> str:
    """A code or area that there is; raises UsageError for another name."""
    from cpreport.checks.selection import names
    from cpreport.model.finding import nearest
    from cpreport.model.rules import all_rules

    codes = [rule.code for rule in all_rules()]
    if not any(names(name, code) for code in codes):
        areas = {code.partition(".")[0] for code in codes}
        raise UsageError(f"there is no code or area {name!r}{nearest(name, [*codes, *areas])}")
    return name
