"""The command line: arguments in, exit status out. Only this module prints, exits or reads the clock."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from cpreport.model.errors import CpreportError, EnvironmentFailure, InputError, UsageError
from cpreport.model.finding import Finding, Ignored, Severity

if TYPE_CHECKING:
    from cpreport.model.period import Period
    from cpreport.pipeline import Month

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Makes the Corporate Parenting Board's highlight report from the month's workbook.",
)


_OF_TEXTS = ("narrative.", "template.")


class Exit(IntEnum):
    DONE = 0
    INPUTS = 1
    USAGE = 2
    ENVIRONMENT = 3


class Format(str, Enum):
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"


Workbooks = Annotated[list[str], typer.Argument(metavar="WORKBOOK", help="Excel workbooks; wildcards are expanded.")]
OneWorkbook = Annotated[str, typer.Argument(metavar="WORKBOOK", help="An Excel workbook.")]
ReportName = Annotated[
    str | None, typer.Option("--report", metavar="NAME|FOLDER", help="The report to make: a packaged name or a folder.")
]
PeriodText = Annotated[str | None, typer.Option("--period", help="The reporting period, e.g. 2023-07.")]
Narrative = Annotated[Path | None, typer.Option("--narrative", metavar="FOLDER", help="Where the narrative files are.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but errors.")]
Json = Annotated[bool, typer.Option("--json", help="Print findings (figures) as JSON.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]


@app.command()
def build(
    workbooks: Workbooks,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where to write: a file for one workbook, a folder for several.")
    ] = None,
    formats: Annotated[list[Format] | None, typer.Option("--format", help="Only docx for now.")] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write in spite of errors, marked DRAFT on all pages.")
    ] = False,
    strict: Strict = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a report that somebody edited.")] = False,
    narrative: Narrative = None,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the report next to each workbook: july-2023.xlsx gives july-2023.docx."""
    if unavailable := [chosen.value for chosen in formats or [] if chosen is not Format.DOCX]:
        raise UsageError(f"--format {unavailable[0]} is not available yet: only docx is")
    paths = _expanded(workbooks)
    _check_output(output, len(paths))
    written: set[Path] = set()

    def write(month: Month, path: Path) -> None:
        from cpreport.pipeline import build_report
        from cpreport.render.writing import refuse_edited, write_whole

        target = _target(path, month, output)
        if target in written:
            raise UsageError(f"{target} was just written from another workbook: give each a name of its own")
        if not overwrite:
            refuse_edited(target)
        write_whole(target, build_report(month, draft=draft, strict=strict))
        written.add(target)
        _say(f"{target} written", quiet)

    _each(paths, report, period, narrative, write, Listing(quiet, json, sys.stdout if json else sys.stderr))


@app.command()
def validate(
    workbooks: Workbooks,
    strict: Strict = False,
    narrative: Narrative = None,
    annotate: Annotated[str | None, typer.Option("--annotate", metavar="COPY.xlsx", help="Not available yet.")] = None,
    against: Annotated[str | None, typer.Option("--against", metavar="EARLIER.xlsx", help="Not available yet.")] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help="List and judge only these: a code, or an area.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="Leave these out: a code, or an area as data.")
    ] = None,
    ignored: Annotated[bool, typer.Option("--ignored", help="List what is ignored instead, and why.")] = False,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """List every problem at once, each with its place and its mend. Writes nothing."""
    for option, given in (("annotate", annotate), ("against", against)):
        if given:
            raise UsageError(f"--{option} is not available yet")
    listing = Listing(quiet, json, sys.stdout, _codes(only), _codes(ignore), ignored)

    def judge(month: Month, _: Path) -> None:
        told, _ignored = listing.chosen(month.findings)
        if any(finding.is_error or (strict and finding.severity is Severity.WARNING) for finding in told):
            raise InputError(*month.findings)

    _each(_expanded(workbooks), report, period, narrative, judge, listing)


@app.command()
def figures(
    workbook: OneWorkbook,
    narrative: Narrative = None,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Print every computed figure as CSV (or JSON), with the cells it came from, unless data are wrong."""

    def list_rows(month: Month, _: Path) -> None:
        if wrong := [error for error in month.errors if not error.code.startswith(_OF_TEXTS)]:
            raise InputError(*wrong)
        records = [row.record() for row in month.rows()]
        _print_json(records) if json else _print_csv(records)

    _each(_expanded([workbook]), report, period, narrative, list_rows, Listing(quiet, False, sys.stderr))


@app.command()
def init(
    folder: Path,
    authority: Annotated[str, typer.Option("--authority", metavar="NAME", help="The council's name.")],
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
) -> None:
    """Make a starter folder that builds at once: report folder, workbook and narrative files, marked EXAMPLE."""
    from datetime import date

    from cpreport.inputs.report.folder import PACKAGED, packaged_reports
    from cpreport.inputs.starter.folder import write_starter
    from cpreport.model.period import Kind, newest_ended

    root = _report_folder(report) or packaged_reports() / PACKAGED
    when = _period(period) or newest_ended(Kind.MONTH, date.today())
    workbook = write_starter(folder, root, authority, when)
    _say(f'{folder} is ready: edit {workbook.name}, then run: cpreport build "{workbook}"', quiet)


@app.command()
def schema() -> None:
    """Print the JSON Schema of report.toml and indicators.toml."""
    from cpreport.inputs.report.indicators_file import IndicatorsFile
    from cpreport.inputs.report.report_file import ReportFile

    _print_json({"report.toml": ReportFile.model_json_schema(), "indicators.toml": IndicatorsFile.model_json_schema()})


@app.command()
def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code.")]) -> None:
    """Say what a finding's code means and how to mend it."""
    from cpreport.model.finding import nearest
    from cpreport.model.rules import all_rules
    from cpreport.model.rules.example import described

    rules = {rule.code: rule for rule in all_rules()}
    if code not in rules:
        raise UsageError(f"there is no code {code!r}{nearest(code, rules)}")
    rule = rules[code]
    found_at = f" at {rule.where}" if rule.where else ""
    typer.echo(f"{rule.code} ({rule.severity.value})\n{rule.title}.\n\nIt says: {rule.message}\n\nMend: {rule.hint}\n")
    typer.echo(f"For example{found_at}: {described(rule.fires)}\nBut not: {described(rule.silent)}")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def narrative() -> None:
    """Not available yet."""
    raise UsageError("the narrative commands are not available yet")


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"cpreport {installed('cpreport')}")
        raise typer.Exit()


def main() -> NoReturn:
    """The entry point: every failure is one clear message and an exit status, never a traceback."""
    gc.set_threshold(50_000)  # what a short run allocates is needed to its end
    atexit.register(gc.freeze)  # and goes with the process: to look for cycles in it first takes a tenth of the time
    _write_utf8()
    try:
        app()
    except CpreportError as failure:
        _complain(str(failure))
        sys.exit(_status(failure))
    except Exception as mistake:
        if os.environ.get("CPREPORT_DEBUG"):
            raise
        _complain(f"cpreport failed, which is a mistake of its own ({type(mistake).__name__}: {mistake})")
        sys.exit(Exit.ENVIRONMENT)
    sys.exit(Exit.DONE)


class Listing:
    """Gathers the findings of all workbooks, and prints them at the end as one report.

    `only` and `ignore` are codes or areas; with `ignored` what is set aside is listed instead.
    """

    def __init__(
        self,
        quiet: bool,
        json: bool,
        stream: TextIO,
        only: Sequence[str] = (),
        ignore: Sequence[str] = (),
        ignored: bool = False,
    ) -> None:
        self._quiet = quiet
        self._json = json
        self._stream = stream
        self._only, self._ignore = only, ignore
        self._lists_ignored = ignored
        self._workbooks = 0
        self._told: list[Finding] = []
        self._ignored: list[Ignored] = []

    def chosen(self, findings: Sequence[Finding]) -> tuple[list[Finding], list[Ignored]]:
        """The findings that count, and those that the command line sets aside."""
        from cpreport.checks.selection import by_code

        return by_code(findings, self._only, self._ignore)

    def add(self, findings: Sequence[Finding], ignored: Sequence[Ignored] = ()) -> None:
        """One workbook's findings."""
        told, left_out = self.chosen(findings)
        self._workbooks += 1
        self._told += told
        self._ignored += [*ignored, *left_out]

    def add_more(self, findings: Sequence[Finding]) -> None:
        """More findings of the last workbook."""
        self.add(findings)
        self._workbooks -= 1

    def finish(self) -> None:
        from cpreport.compose.findings import counted, finding_record, set_aside

        listed = [set_aside(one) for one in self._ignored] if self._lists_ignored else self._told
        shown = [finding for finding in listed if finding.is_error or not self._quiet]
        if self._json:
            _print_json([finding_record(finding) for finding in shown])
            return
        with _writing(self._stream) as stream:
            _print_findings(shown, stream)
        _say(counted(self._told, len(self._ignored), self._workbooks), self._quiet)


def _print_findings(findings: Sequence[Finding], stream: TextIO) -> None:
    """A table on a terminal, one line a finding elsewhere."""
    from cpreport.compose.findings import finding_line

    if stream.isatty() and findings:
        return _print_table(findings, stream)
    for finding in findings:
        stream.write(f"{finding_line(finding)}\n")


def _print_table(findings: Sequence[Finding], stream: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from cpreport.compose.findings import message

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("", "Place", "What is wrong, and how to mend it"):
        table.add_column(heading, overflow="fold")
    for finding in findings:
        place = "\n".join(part for part in (finding.place.file, str(finding.place)) if part)
        said = Text(f"{message(finding)}\n").append(finding.code, style="dim")
        table.add_row(Text(finding.severity.value, style=_STYLES[finding.severity]), Text(place), said)
    Console(file=stream, highlight=False).print(table)


_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def _codes(given: Sequence[str] | None) -> list[str]:
    """Codes and areas that there are."""
    from cpreport.checks.selection import names
    from cpreport.model.finding import nearest
    from cpreport.model.rules import all_rules

    codes = [rule.code for rule in all_rules()] if given else []
    for name in given or ():
        if not any(names(name, code) for code in codes):
            areas = {code.partition(".")[0] for code in codes}
            raise UsageError(f"there is no code or area {name!r}{nearest(name, [*codes, *areas])}")
    return list(given or ())


def _each(
    paths: Iterable[Path],
    report: str | None,
    period: str | None,
    narrative: Path | None,
    then: Callable[[Month, Path], None],
    listing: Listing,
) -> None:
    """Loads each workbook and does something with it; each stands alone, the highest status wins."""
    from cpreport.pipeline import load_workbook

    folder, when = _report_folder(report), _period(period)
    highest = Exit.DONE
    for path in paths:
        month: Month | None = None
        try:
            month = load_workbook(path, report=folder, period=when, narrative=narrative)
            listing.add(month.findings, month.ignored)
            then(month, path)
        except CpreportError as failure:
            if not isinstance(failure, InputError):
                _complain(str(failure))
            elif month is None:
                listing.add(failure.findings)
            elif new := [finding for finding in failure.findings if finding not in month.findings]:
                listing.add_more(new)
            highest = max(highest, _status(failure))
    listing.finish()
    if highest:
        raise typer.Exit(highest)


def _status(failure: CpreportError) -> Exit:
    match failure:
        case InputError():
            return Exit.INPUTS
        case UsageError():
            return Exit.USAGE
        case _:
            return Exit.ENVIRONMENT


def _expanded(names: Sequence[str]) -> list[Path]:
    """The workbooks that names and wildcards mean, each once; lock files and cloud conflict copies are none."""
    from glob import glob

    from cpreport.inputs.texts import NEVER_AN_INPUT

    found = [match for name in names for match in ([name] if _is_plain(name) else sorted(glob(name)) or [name])]  # noqa: PTH207
    paths = [path for path in dict.fromkeys(map(Path, found)) if not NEVER_AN_INPUT.search(path.name)]
    if not paths:
        raise EnvironmentFailure(f"there is no workbook {', '.join(names)} (lock files and conflict copies are none)")
    return paths


def _is_plain(name: str) -> bool:
    """Whether a name is one file's rather than a wildcard."""
    return not any(sign in name for sign in "*?[") or Path(name).exists()


def _check_output(output: Path | None, workbooks: int) -> None:
    """An output is a folder that is there or, for one workbook, the name of a Word document."""
    if output is None or output.is_dir():
        return
    if workbooks > 1:
        raise EnvironmentFailure(f"there is no folder {output}: several workbooks need one to be written to")
    if output.suffix.lower() == ".docx":
        return
    if output.exists():
        raise UsageError(f"{output} is no Word document: name a file that ends in .docx, or a folder")
    raise EnvironmentFailure(f"there is no folder {output}; a file's name ends in .docx")


def _target(workbook: Path, month: Month, output: Path | None) -> Path:
    """Where a workbook's report goes: beside it or into the given folder, its name saying the period; or as given."""
    from cpreport.model.period import period_in_name

    period = month.workbook.period
    says_it = period_in_name(workbook.stem, month.folder.terms) == period
    name = f"{workbook.stem}.docx" if says_it else f"{workbook.stem}-{period.slug}.docx"
    if output is None:
        return workbook.parent / name
    return output / name if output.is_dir() else output


def _report_folder(name: str | None) -> Path | None:
    from cpreport.inputs.report.folder import find_report
    from cpreport.model.finding import Place

    if name is None:
        return None
    try:
        return find_report(name, Path(), Place())
    except InputError as failure:
        raise UsageError(f"{failure} ({failure.findings[0].hint})") from failure


def _period(text: str | None) -> Period | None:
    from cpreport.model.period import NotAPeriod, parse_period

    try:
        return parse_period(text) if text else None
    except NotAPeriod as reason:
        raise UsageError(f"--period: {reason}") from reason


def _print_json(value: object) -> None:
    import json

    with _writing(sys.stdout) as out:
        out.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def _print_csv(records: Sequence[dict[str, str | int | float | None]]) -> None:
    import csv

    from cpreport.compose.listing import FigureRow

    with _writing(sys.stdout) as out:
        writer = csv.DictWriter(out, fieldnames=FigureRow.columns(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)


@contextmanager
def _writing(stream: TextIO) -> Iterator[TextIO]:
    """Standard output or error. A reader that leaves early changes nothing but what is printed, a full disk fails."""
    try:
        yield stream
        stream.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        if isinstance(error, BrokenPipeError):
            return
        raise EnvironmentFailure(f"what was found cannot be printed: {error.strerror}") from error


def _say(text: str, quiet: bool) -> None:
    if not quiet:
        with _writing(sys.stderr) as stream:
            stream.write(f"{text}\n")


def _complain(text: str) -> None:
    _say(f"cpreport: {text}", quiet=False)


def _write_utf8() -> None:
    """Files and pipes get UTF-8; a terminal that lacks a character shows a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
