"""`cpreport benchmarks`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cpreport.commands.each import Exit
from cpreport.commands.options import Quiet, Report
from cpreport.commands.printing import Listing, print_status, print_text
from cpreport.commands.usage import expanded, only_one
from cpreport.model.errors import InputError, UsageError
from cpreport.model.finding import Finding

if TYPE_CHECKING:
    from cpreport.inputs.benchmarks.published import Benchmarks
    from cpreport.inputs.month import WorkbookRead


def benchmarks(
    files: Annotated[list[str], typer.Argument(metavar="FILE.csv", help="Data files of Explore education statistics.")],
    authority: Annotated[
        str, typer.Option("--authority", metavar="NAME", help="Our authority's name or three-digit code.")
    ] = "",
    neighbours: Annotated[
        Path | None,
        typer.Option("--neighbours", metavar="SN.csv", help="DfE's file of statistical neighbours (wide)."),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="WORKBOOK", help="Write benchmarks.csv beside this workbook."),
    ] = None,
    report: Report = None,
    periods: Annotated[
        int, typer.Option("--periods", min=1, max=50, help="How many of the newest periods, e.g. 5 for charts.")
    ] = 1,
    list: Annotated[
        bool, typer.Option("--list", help="Only list the files' filters and indicators, as rows to paste.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Make benchmarks.csv from DfE's open data: England, the region, and the average of statistical neighbours."""
    paths = expanded(files)
    if twice := {path.name for path in paths if [each.name for each in paths].count(path.name) > 1}:
        raise UsageError(f"benchmarks: two files are named {min(twice)}; sources name files without folders")
    listing = Listing(quiet, False, sys.stderr, all=True)
    try:
        if list:
            findings = _list(paths)
        else:
            workbook = only_one(into, "benchmarks --into") if into else None
            made, findings = made_from(paths, authority, neighbours, workbook, report, periods)
            if made:
                _write(made, paths, workbook, quiet)
    except InputError as failure:
        findings = [*failure.findings]
    listing.add_all(paths[0], findings)
    listing.finish()
    if any(finding.is_error for finding in findings):
        raise typer.Exit(Exit.INPUTS)


def _list(paths: Sequence[Path]) -> list[Finding]:
    """Prints what files have, and gives what is wrong with them."""
    from cpreport.forms.benchmarks import sources_text
    from cpreport.inputs.benchmarks.explore import read_explore

    read = [read_explore(path) for path in paths]
    print_text("\n".join(sources_text(file) for file, _ in read if file))
    return [finding for _, found in read for finding in found]


def made_from(
    paths: Sequence[Path],
    authority: str,
    neighbours: Path | None,
    workbook: Path | None = None,
    report: Path | None = None,
    periods: int = 1,
) -> tuple[Benchmarks | None, list[Finding]]:
    """What data files say for the comparators of a report, and everything that is found; None where something is wrong.

    Our own figures are held against those of the workbook, if one is given. Raises as `read_workbook` does.
    """
    from cpreport.inputs.benchmarks.published import read_published
    from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports, read_report_folder
    from cpreport.inputs.month import read_workbook
    from cpreport.model.workbook import own_authority

    read = read_workbook(workbook, report) if workbook else None
    folder = read.folder if read else read_report_folder(report or packaged_reports() / PACKAGED)[0]
    us = authority or (own_authority(read.workbook, folder) if read else "")
    if not us:
        raise UsageError("benchmarks needs our authority's name or code, as in --authority Kirklees")
    made, findings = read_published(paths, us, neighbours, folder, read.book if read else None, periods)
    if made is None or any(finding.is_error for finding in findings):
        return None, findings
    return made, [*findings, *(_differing(read, made, report) if read else ())]


def _differing(read: WorkbookRead, made: Benchmarks, report: Path | None) -> Iterator[Finding]:
    """Our figures in the workbook that are not those that DfE publishes."""
    from cpreport.checks.published import own_figures_differ
    from cpreport.pipeline import computed

    figures = computed(read.path, read.workbook, read.folder, report).published.figures
    return own_figures_differ(made.own, figures, read.workbook.file)


def _write(made: Benchmarks, paths: Sequence[Path], workbook: Path | None, quiet: bool) -> None:
    """Writes benchmarks.csv beside the workbook in one step, or prints it where there is none."""
    from cpreport.editions.writing import write_whole
    from cpreport.forms.benchmarks import as_csv, renewed, report_lines
    from cpreport.inputs.benchmarks.beside import FILE
    from cpreport.inputs.texts import refuse_open
    from cpreport.office.files import is_same

    for line in report_lines(made):
        print_status(line, quiet)
    if not made.indicators:
        print_status("nothing was written: no benchmark is from these files", quiet)
        return
    if workbook is None:
        print_text(as_csv(row.record() for row in made.rows))
        return
    path = workbook.parent / FILE
    if any(is_same(each, path) for each in paths):
        raise UsageError(f"benchmarks: {path} is one of the files to read: give that another name")
    refuse_open(path)
    new = renewed(path, made)
    write_whole(path, new.content)
    kept = f"; {new.kept} from other files are kept" if new.kept else ""
    print_status(f"{path} written: {len(made.rows)} benchmark{'' if len(made.rows) == 1 else 's'}{kept}", quiet)
