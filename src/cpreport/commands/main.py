"""The command line: arguments in, exit status out. Only this module exits or reads the clock."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Callable, Sequence
from enum import Enum, IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cpreport.commands.printing import Listing, complain, print_csv, print_json, print_text, say, write_utf8
from cpreport.commands.usage import (
    Inputs,
    at_hand,
    check_copy,
    check_output,
    codes,
    expanded,
    inputs_of,
    only_one,
    period_of,
    report_folder,
    report_path,
)
from cpreport.model.errors import CpreportError, InputError, UsageError
from cpreport.model.finding import Finding, Severity
from cpreport.office.files import remembering_inputs

if TYPE_CHECKING:
    from cpreport.forms.making import Forms
    from cpreport.pipeline import Month

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Makes the Corporate Parenting Board's highlight report from the month's workbook.",
)
narratives = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Files to be filled, who owes which text, and typed numbers."
)
app.add_typer(narratives, name="narrative")


class Exit(IntEnum):
    DONE = 0
    INPUTS = 1
    USAGE = 2
    ENVIRONMENT = 3


class Changes(str, Enum):
    REFUSE = "refuse"
    ACCEPT = "accept"


class Format(str, Enum):
    DOCX = "docx"


Workbooks = Annotated[list[str], typer.Argument(metavar="WORKBOOK", help="Excel workbooks; wildcards are expanded.")]
OneWorkbook = Annotated[str, typer.Argument(metavar="WORKBOOK", help="An Excel workbook.")]
ReportName = Annotated[
    str | None, typer.Option("--report", metavar="NAME|FOLDER", help="The report to make: a packaged name or a folder.")
]
PeriodText = Annotated[str | None, typer.Option("--period", help="The reporting period, e.g. 2023-07.")]
Narrative = Annotated[Path | None, typer.Option("--narrative", metavar="FOLDER", help="Where the narrative files are.")]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="EARLIER.xlsx", help="An earlier report's workbook to compare with.")
]
Tracked = Annotated[
    Changes, typer.Option("--tracked", help="Whether tracked changes in Word files are refused or taken as accepted.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Say nothing but errors and warnings.")]
Json = Annotated[bool, typer.Option("--json", help="Print findings (figures) as JSON.")]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]


@app.command()
def build(
    workbooks: Workbooks,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where to write: a file for one workbook, a folder for several.")
    ] = None,
    formats: Annotated[  # noqa: ARG001 - docx is the only one that there is
        list[Format] | None, typer.Option("--format", help="What to write: a Word document.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Write in spite of errors, marked DRAFT on all pages.")
    ] = False,
    strict: Strict = False,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Replace whatever report is there, edited ones too."),
    ] = False,
    narrative: Narrative = None,
    against: Against = None,
    tracked: Tracked = Changes.REFUSE,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Write the report next to each workbook: july-2023.xlsx gives july-2023.docx."""
    paths = expanded(workbooks)
    check_output(output, len(paths))
    written: set[Path] = set()

    def write(month: Month, path: Path, _: Sequence[Finding]) -> Exit:
        from cpreport.editions.writing import refuse_other, write_output
        from cpreport.pipeline import build_report

        target = report_path(path, month, output)
        if target.resolve() in written:
            raise UsageError(f"{target} was just written from another workbook: give each a name of its own")
        if not overwrite:
            refuse_other(target, month.report, target.parent.resolve() == path.parent.resolve())
        write_output(target, build_report(month, draft=draft, strict=strict))
        written.add(target.resolve())
        say(f"{target} written", quiet)
        return Exit.DONE

    listing = Listing(quiet, json, sys.stdout if json else sys.stderr)
    _each(paths, inputs_of(report, period, narrative, against, tracked is Changes.ACCEPT), listing, write)


@app.command()
def validate(
    workbooks: Workbooks,
    strict: Strict = False,
    narrative: Narrative = None,
    annotate: Annotated[
        Path | None,
        typer.Option("--annotate", metavar="COPY.xlsx", help="Mark what was found in a copy of the workbook."),
    ] = None,
    against: Against = None,
    tracked: Tracked = Changes.REFUSE,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="CODE", help="List and judge only these: a code, or an area.")
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODE", help="Leave these out: a code, or an area as data.")
    ] = None,
    ignored: Annotated[bool, typer.Option("--ignored", help="List what is ignored instead, and why.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="List also the numbers in narratives that nothing confirms or denies.")
    ] = False,
    all: Annotated[
        bool, typer.Option("--all", help="List also what follows from another finding, or is like many others.")
    ] = False,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """List every problem at once, each with its place and its mend. Writes nothing but a marked copy, if asked to."""
    listing = Listing(
        quiet, json, sys.stdout, only=codes(only), ignore=codes(ignore), ignored=ignored, verbose=verbose, all=all
    )

    def judge(_: Month, _path: Path, told: Sequence[Finding]) -> Exit:
        wrong = any(finding.is_error or (strict and finding.severity is Severity.WARNING) for finding in told)
        return Exit.INPUTS if wrong else Exit.DONE

    paths = expanded(workbooks)
    if annotate:
        check_copy(annotate, paths)

    def mark(path: Path, told: Sequence[Finding]) -> Exit:
        return _annotate(path, told, listing.left_out, annotate, quiet) if annotate else Exit.DONE

    _each(paths, inputs_of(report, period, narrative, against, tracked is Changes.ACCEPT), listing, judge, mark)


@app.command()
def figures(
    workbook: OneWorkbook,
    narrative: Narrative = None,
    against: Against = None,
    tracked: Tracked = Changes.REFUSE,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Print every computed figure as CSV (or JSON), with the cells it came from, unless data are wrong."""

    def list_rows(month: Month, _: Path, _told: Sequence[Finding]) -> Exit:
        if month.data_errors:
            raise InputError(*month.data_errors)
        records = [row.record() for row in month.rows()]
        print_json(records) if json else print_csv(records)
        return Exit.DONE

    inputs = inputs_of(report, period, narrative, against, tracked is Changes.ACCEPT)
    _each(expanded([workbook]), inputs, Listing(quiet, False, sys.stderr), list_rows)


@app.command()
def init(
    folder: Path,
    authority: Annotated[str, typer.Option("--authority", metavar="NAME", help="The council's name.")],
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
) -> None:
    """Make a starter folder that builds at once: report folder, workbook and Word narratives, marked EXAMPLE."""
    from datetime import date

    from cpreport.forms.starter.folder import make_starter
    from cpreport.inputs.definitions.folder import PACKAGED, packaged_reports
    from cpreport.model.period import Kind, newest_ended

    root = report_folder(report) or packaged_reports() / PACKAGED
    when = period_of(period) or newest_ended(Kind.MONTH, date.today())
    workbook = make_starter(folder, root, authority, when)
    say(f'{folder} is ready: edit {workbook.name}, then run: cpreport build "{workbook}"', quiet)


@app.command()
def schema() -> None:
    """Print the JSON Schema of report.toml and indicators.toml."""
    from cpreport.inputs.definitions.indicators_file import IndicatorsFile
    from cpreport.inputs.definitions.report_file import ReportFile

    print_json({"report.toml": ReportFile.model_json_schema(), "indicators.toml": IndicatorsFile.model_json_schema()})


@app.command()
def explain(
    code: Annotated[str, typer.Argument(metavar="CODE", help="A finding's code, or an area such as data.")],
) -> None:
    """Say what a finding's code means and how to mend it; of an area, list its codes."""
    from cpreport.compose.explained import area_text, rule_text
    from cpreport.model.rules import all_rules

    (name,) = codes([code])
    rules = {rule.code: rule for rule in all_rules()}
    print_text(rule_text(rules[name]) if name in rules else area_text(name, rules.values()))


@narratives.command()
def chase(
    workbook: OneWorkbook,
    narrative: Narrative = None,
    against: Against = None,
    tracked: Tracked = Changes.REFUSE,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,  # noqa: ARG001 - taken like everywhere; there is nothing to hush
    json: Json = False,
) -> None:
    """Say who owes which text, ready to paste into a mail: what is missing, too short, too long or copied."""
    from cpreport.compose.chase import OWING, owed_text

    path = only_one(workbook, "narrative chase")

    def tell(month: Month, _: Path, _told: Sequence[Finding]) -> Exit:
        owed = month.owed()
        if json:
            print_json([text.record() for text in owed])
        else:
            print_text(owed_text(owed, month.workbook, month.folder))
        return Exit.DONE

    only_other_errors = Listing(True, False, sys.stderr, ignore=sorted(OWING), errors_only=True)
    _each([path], inputs_of(report, period, narrative, against, tracked is Changes.ACCEPT), only_other_errors, tell)


@narratives.command()
def new(
    workbook: Annotated[
        str | None,
        typer.Argument(
            metavar="WORKBOOK",
            help="The period's workbook, or an earlier one; without it, the one that this folder has for --period.",
            show_default=False,
        ),
    ] = None,
    narrative: Narrative = None,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
) -> None:
    """Write a Word file to be filled for each section with slots, with its figures. What somebody wrote stays."""
    from cpreport.forms.making import make_forms, write_forms

    inputs = inputs_of(report, period, narrative, None)
    command = "narrative new"
    path = only_one(workbook, command) if workbook else at_hand(inputs.period, command)
    try:
        forms = make_forms(path, report=inputs.report, period=inputs.period, narrative=narrative)
    except InputError as failure:
        listing = Listing(quiet, False, sys.stderr)
        listing.add_all(path or Path(), failure.findings)
        listing.finish()
        raise typer.Exit(Exit.INPUTS) from failure
    for kept in forms.kept:
        say(f"{kept} is {'open in another program' if kept in forms.opened else 'there'} and stays as it is", quiet)
    write_forms(forms)
    for form in forms.files:
        say(f"{form.path} written", quiet)
    say(_said_of_forms(forms, path), quiet)


@narratives.command()
def fix(
    workbook: OneWorkbook,
    write: Annotated[bool, typer.Option("--write", help="Write the changes instead of only showing them.")] = False,
    narrative: Narrative = None,
    against: Against = None,
    tracked: Tracked = Changes.REFUSE,
    report: ReportName = None,
    period: PeriodText = None,
    quiet: Quiet = False,
    json: Json = False,
) -> None:
    """Show which numbers typed in narratives tags can print just so; with --write, put the tags in their places."""
    path = only_one(workbook, "narrative fix")

    def mend(month: Month, path: Path, _told: Sequence[Finding]) -> Exit:
        from cpreport.annotate.fixes import fix_narratives, write_fixes
        from cpreport.compose.replacements import replacement_record, replacements_text, said_of_replacements

        fixes = fix_narratives(month, path, narrative)
        if json:
            print_json([replacement_record(each) for each in fixes.replacements])
        else:
            print_text(replacements_text(fixes.replacements))
        for loss in fixes.losses:
            complain(loss)
        if write:
            write_fixes(fixes, path)
        say(said_of_replacements(fixes.replacements, write), quiet)
        return Exit.DONE

    only_wrong_data = Listing(True, False, sys.stderr, ignore=("narrative", "template"), errors_only=True)
    _each([path], inputs_of(report, period, narrative, against, tracked is Changes.ACCEPT), only_wrong_data, mend)


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
    write_utf8()
    try:
        with remembering_inputs():
            app()
    except Exception as failure:
        unsaid = failure.__context__ if isinstance(failure, OSError) else None  # wrong usage, and no standard error
        sys.exit(getattr(unsaid, "exit_code", None) or _failed(failure))
    sys.exit(Exit.DONE)


def _each(
    paths: Sequence[Path],
    inputs: Inputs,
    listing: Listing,
    then: Callable[[Month, Path, Sequence[Finding]], Exit],
    last: Callable[[Path, Sequence[Finding]], Exit] = lambda *_: Exit.DONE,
) -> None:
    """Loads each workbook and does something with it; each stands alone, whatever fails, and the highest status wins.

    `then` gets the findings that count; so does `last`, also those of a workbook that could not be read to its end.
    """
    listing.expect(paths)
    highest = Exit.DONE
    for path in paths:
        try:
            highest = max(highest, _one(path, inputs, listing, then, last))
        except Exception as failure:
            highest = max(highest, _failed(failure, f"{path}: "))
    listing.finish()
    if highest:
        raise typer.Exit(highest)


def _one(
    path: Path,
    inputs: Inputs,
    listing: Listing,
    then: Callable[[Month, Path, Sequence[Finding]], Exit],
    last: Callable[[Path, Sequence[Finding]], Exit],
) -> Exit:
    told: list[Finding] = []
    try:
        month = inputs.load(path)
        told = listing.add(path, month.findings, month.ignored)
        status = then(month, path, told)
    except InputError as failure:
        told += listing.add_all(path, failure.findings)
        status = Exit.INPUTS
    return max(status, last(path, told))


def _said_of_forms(forms: Forms, workbook: Path | None) -> str:
    if not forms.files:
        return "nothing to write" if forms.kept else "no section of the report has slots: there is nothing to write"
    if workbook:
        return f"the figures are those of {workbook}"
    return f"there are no figures yet: this folder has no workbook of {forms.workbook.period} or earlier"


def _failed(failure: Exception, place: str = "") -> Exit:
    """Says why a command failed, with its place where that is not in what it says anyway, and gives the exit status."""
    match failure:
        case CpreportError():
            complain(str(failure))
        case OSError():
            complain(f"{failure.filename or f'{place}the system failed'}: {failure.strerror or failure}")
        case MemoryError():
            complain(f"{place}there is not enough memory")
        case _ if os.environ.get("CPREPORT_DEBUG"):
            raise failure
        case _:
            complain(f"{place}cpreport has a bug; please report it ({type(failure).__name__}: {failure})")
    statuses: dict[type[Exception], Exit] = {InputError: Exit.INPUTS, UsageError: Exit.USAGE}
    return statuses.get(type(failure), Exit.ENVIRONMENT)


def _annotate(workbook: Path, findings: Sequence[Finding], left_out: int, copy: Path, quiet: bool) -> Exit:
    """Writes a copy of a workbook with these findings marked; one that cannot be opened gets none."""
    from cpreport.annotate.marked.workbook import refuse_foreign
    from cpreport.editions.writing import write_output
    from cpreport.pipeline import mark_workbook

    try:
        marked = mark_workbook(workbook, findings, left_out)
    except InputError as failure:
        complain(f"no marked copy was written: {failure}")
        return Exit.INPUTS
    refuse_foreign(copy)
    for loss in marked.losses:
        complain(loss)
    write_output(copy, marked.content)
    say(f"{copy} written", quiet)
    return Exit.DONE
