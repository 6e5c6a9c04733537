"""The command line: arguments in, exit status out. Only this folder prints, exits or reads the clock."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from typing import Annotated, NoReturn

import typer

from cpreport.commands.benchmarks import benchmarks
from cpreport.commands.build import build
from cpreport.commands.check import check
from cpreport.commands.diff import diff
from cpreport.commands.doctor import doctor
from cpreport.commands.each import Exit, failed
from cpreport.commands.explain import explain
from cpreport.commands.figures import figures
from cpreport.commands.init import init
from cpreport.commands.narrative import narratives
from cpreport.commands.new_month import new_month
from cpreport.commands.options import with_inputs
from cpreport.commands.printing import write_utf8
from cpreport.commands.schema import schema
from cpreport.commands.validate import validate
from cpreport.commands.verify import verify
from cpreport.office.files import remembering_inputs

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Makes the Corporate Parenting Board's highlight report from the month's workbook.",
)
for command in (
    with_inputs(build),
    with_inputs(validate),
    with_inputs(figures),
    check,
    init,
    benchmarks,
    new_month,
    diff,
    verify,
    schema,
    explain,
    doctor,
):
    app.command()(command)
app.add_typer(narratives, name="narrative")


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False) -> None:
    if version:
        from importlib.metadata import version as installed

        typer.echo(f"cpreport {installed('cpreport')}")
        raise typer.Exit()


def main() -> NoReturn:
    """The entry point: every failure is one clear message and an exit status, never a traceback."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # none is used, and looking for them takes a while
    gc.set_threshold(500_000)  # what a short run allocates is needed to its end
    atexit.register(gc.freeze)  # and goes with the process: to look for cycles in it first takes a tenth of the time
    write_utf8()
    try:
        with remembering_inputs():
            app()
    except Exception as failure:
        original = failure.__context__ if isinstance(failure, OSError) else None  # wrong usage, and no standard error
        sys.exit(getattr(original, "exit_code", None) or failed(failure))
    sys.exit(Exit.DONE)
