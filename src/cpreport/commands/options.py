"""The options that commands share, and the inputs that some of them name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cpreport.commands.usage import code_of, period_of, report_folder
from cpreport.model.period import Period

if TYPE_CHECKING:
    from cpreport.pipeline import Month


class Changes(str, Enum):
    REFUSE = "refuse"
    ACCEPT = "accept"


Workbooks = Annotated[list[str], typer.Argument(metavar="WORKBOOK", help="Excel workbooks; wildcards are expanded.")]
OneWorkbook = Annotated[str, typer.Argument(metavar="WORKBOOK", help="An Excel workbook.")]
Report = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar="NAME|FOLDER",
        parser=report_folder,
        help="The report to make: a packaged name or a folder.",
    ),
]
ReportingPeriod = Annotated[
    Period | None,
    typer.Option("--period", metavar="<str>", parser=period_of, help="The reporting period, e.g. 2023-07."),
]
Narrative = Annotated[Path | None, typer.Option("--narrative", metavar="FOLDER", help="Where the narrative files are.")]
SheetName = Annotated[
    str, typer.Option("--sheet", metavar="NAME", help="The sheet that the figures are on, if it is not named Data.")
]
Against = Annotated[
    Path | None, typer.Option("--against", metavar="EARLIER.xlsx", help="An earlier report's workbook to compare with.")
]
Tracked = Annotated[
    Changes, typer.Option("--tracked", help="Refuse tracked changes in Word files, or take them as accepted.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print only errors and warnings.")]
Open = Annotated[bool, typer.Option("--open", help="Open what was written.")]
Json = Annotated[bool, typer.Option("--json", help="Print findings (figures) as JSON.")]
Only = Annotated[
    list[str],
    typer.Option("--only", metavar="CODE", parser=code_of, help="List and count only these: a code, or an area."),
]
Ignore = Annotated[
    list[str], typer.Option("--ignore", metavar="CODE", parser=code_of, help="Leave these out: a code, or an area.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings count as errors.")]


@dataclass(frozen=True)
class Inputs:
    """The options that apply to every workbook of a command line."""

    narrative: Narrative = None
    against: Against = None
    tracked: Tracked = Changes.REFUSE
    report: Report = None
    period: ReportingPeriod = None
    sheet: SheetName = ""

    def load(self, workbook: Path) -> Month:
        """A workbook with them, the files beside it not read yet. Raises as `load_workbook` does."""
        from cpreport.inputs.month import read_workbook
        from cpreport.pipeline import Month

        read = read_workbook(workbook, self.report, self.period, self.sheet)
        return Month(read, self.report, self.narrative, self.against, self.tracked is Changes.ACCEPT)


def with_inputs(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options of Inputs instead of its parameter `inputs`."""
    options = signature(Inputs, eval_str=True).parameters
    own = signature(command, eval_str=True).parameters.values()
    named = [*(each for each in own if each.name != "inputs"), *options.values()]

    @wraps(command)
    def run(**given: Any) -> None:
        command(inputs=Inputs(**{name: given.pop(name) for name in options}), **given)

    parameters = [each.replace(kind=Parameter.KEYWORD_ONLY) for each in named]
    run.__signature__ = signature(command).replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {each.name: each.annotation for each in named}
    return run
