"""The command line: arguments in, exit status out. Only this module prints, exits or reads the clock."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO

import typer

from cpreport.model.errors import CpreportError, EnvironmentFailure, InputError, UsageError
from cpreport.model.finding import Finding, Severity

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

    _each(paths, report, period, narrative, write, _Listing(quiet, json, sys.stdout if json else sys.stderr))


@app.command()
def validate(
    workbooks: Workbooks,
    strict: Strict = False,
    narrative: Narrative = None,
    annotate: Annotated[str | None, typer.Option("--annotate", metavar="COPY.xlsx", help="Not available yet.")] = None,
    against: Annotated[str | None, typer.Option("--against", metavar="EARLIER.xlsx", help="Not available yet.")] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="CODE", help="Not available yet.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help="Not available yet.")] = None,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """List every problem at once, each with its place and its mend. Writes nothing."""
    for option, given in (("annotate", annotate), ("against", against), ("only", only), ("ignore", ignore)):
        if given:
            raise UsageError(f"--{option} is not available yet")

    def judge(month: Month, _: Path) -> None:
        if month.errors or (strict and any(finding.severity is Severity.WARNING for finding in month.findings)):
            raise InputError(*month.findings)

    _each(_expanded(workbooks), report, period, narrative, judge, _Listing(quiet, json, sys.stdout))


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

    _each(_expanded([workbook]), report, period, narrative, list_rows, _Listing(quiet, False, sys.stderr))


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
    except OSError as failure:
        _complain(f"{failure.filename or 'the system failed'}: {failure.strerror or failure}")
        sys.exit(Exit.ENVIRONMENT)
    except Exception as mistake:
        if os.environ.get("CPREPORT_DEBUG"):
            raise
        _complain(f"cpreport failed, which is a mistake of its own ({type(mistake).__name__}: {mistake})")
        sys.exit(Exit.ENVIRONMENT)
    sys.exit(Exit.DONE)


class _Listing:
    """Prints findings as they come, or gathers them for one JSON array."""

    def __init__(self, quiet: bool, json: bool, stream: TextIO) -> None:
        self._quiet = quiet
        self._json = json
        self._stream = stream
        self._gathered: list[Finding] = []

    def show(self, findings: Sequence[Finding]) -> None:
        shown = [finding for finding in findings if finding.is_error or not self._quiet]
        self._gathered += shown
        if not self._json:
            with _writing(self._stream) as stream:
                for finding in shown:
                    typer.secho(_line(finding), file=stream, fg=_colour(finding.severity, stream))
            _say(_counted(findings), self._quiet)

    def finish(self) -> None:
        if self._json:
            _print_json([_as_json(finding) for finding in self._gathered])


def _counted(findings: Sequence[Finding]) -> str:
    """`1 error, 2 warnings`."""
    counts = [(sum(finding.severity is severity for finding in findings), severity.value) for severity in Severity]
    return ", ".join(f"{n} {name}{'s' if n != 1 else ''}" for n, name in counts if n) or "no findings"


def _each(
    paths: Iterable[Path],
    report: str | None,
    period: str | None,
    narrative: Path | None,
    then: Callable[[Month, Path], None],
    listing: _Listing,
) -> None:
    """Loads each workbook and does something with it; each stands alone, the highest status wins."""
    from cpreport.pipeline import load_workbook

    folder, when = _report_folder(report), _period(period)
    highest = Exit.DONE
    for path in paths:
        shown: Sequence[Finding] = ()
        try:
            month = load_workbook(path, report=folder, period=when, narrative=narrative)
            shown = month.findings
            listing.show(shown)
            then(month, path)
        except CpreportError as failure:
            if not isinstance(failure, InputError):
                _complain(str(failure))
            elif new := [finding for finding in failure.findings if finding not in shown]:
                listing.show(new)
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


def _line(finding: Finding) -> str:
    """A finding on one line: severity, code, file, place, what is wrong, how to mend it."""
    place = finding.place
    message = finding.message if finding.message.endswith(("?", ".")) else f"{finding.message}."
    words = [f"{finding.severity.value:<7}", finding.code, place.file, str(place), f"{message} {finding.hint}"]
    return "  ".join(" ".join(word.split()) if word.strip() == word else word for word in words if word)


def _as_json(finding: Finding) -> dict[str, str | None]:
    place = finding.place
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
        "file": place.file or None,
        "sheet": place.sheet or None,
        "cell": place.cell or None,
        "indicator": place.indicator or None,
        "period": place.period or None,
        "section": place.section or None,
    }


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
    with suppress(EnvironmentFailure):  # there is nobody left to tell
        _say(f"cpreport: {text}", quiet=False)


def _colour(severity: Severity, stream: TextIO) -> str | None:
    """A colour on a terminal, unless NO_COLOR asks for none."""
    if os.environ.get("NO_COLOR") or not stream.isatty():
        return None
    return {Severity.ERROR: typer.colors.RED, Severity.WARNING: typer.colors.YELLOW}.get(severity)


def _write_utf8() -> None:
    """Files and pipes get UTF-8; a terminal that lacks a character shows a question mark; a closed stream nothing."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
