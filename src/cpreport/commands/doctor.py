"""`cpreport doctor`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import typer

from cpreport.commands.each import Exit
from cpreport.commands.printing import print_error, print_text
from cpreport.model.errors import CpreportError, EnvironmentFailure

_OPTIONAL = {"pandas": "month.to_frame() in Python"}
"""The packages that cpreport works without, and what needs them."""


def doctor() -> None:
    """Say which cpreport and Python these are, where they lie, and whether anything is missing."""
    from cpreport.inputs.definitions.folder import packaged_reports

    templates = packaged_reports()
    reports = sorted(path.parent for path in templates.glob("*/report.toml"))
    rows = {**_installed(), "templates": f"{templates} ({', '.join(report.name for report in reports)})"}
    rows |= {"PDF": _pdf(), **_optional()}
    print_text("".join(f"{name + ':':<12}{text}\n" for name, text in rows.items()))
    problems = [problem for report in reports for problem in _problems(report)]
    for problem in problems or ([] if reports else [f"{templates}: the reports that come with cpreport are missing"]):
        print_error(f"{problem}; install cpreport again")
    if problems or not reports:
        raise typer.Exit(Exit.ENVIRONMENT)
    print_text("everything that cpreport needs is there\n")


def _installed() -> dict[str, str]:
    import locale
    import platform
    from importlib.metadata import version

    package = Path(__file__).parents[1]
    encodings = f"output {sys.stdout.encoding}, files named in {sys.getfilesystemencoding()}"
    language = ".".join(filter(None, locale.getlocale())) or "C"
    return {
        "cpreport": f"{version('cpreport')} ({package})",
        "Python": f"{platform.python_version()} ({sys.executable})",
        "system": platform.platform(),
        "text": f"{encodings}, locale {language}",
    }


def _pdf() -> str:
    """The typst that makes PDFs, or how to install it."""
    from cpreport.editions.pdf.typesetting import VERSION, typst_folder

    try:
        typst_folder()
    except EnvironmentFailure as failure:
        return str(failure)
    return f"typst {VERSION}"


def _optional() -> dict[str, str]:
    from importlib.metadata import PackageNotFoundError, version

    found: dict[str, str] = {}
    for name, needed in _OPTIONAL.items():
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = f'not installed; only {needed} needs it: pip install "cpreport[{name}]"'
    return found


def _problems(report: Path) -> Iterator[str]:
    """Why a packaged report cannot be read, if so."""
    from cpreport.inputs.definitions.folder import read_report_folder

    try:
        read_report_folder(report)
    except CpreportError as failure:
        yield f"the report {report.name} cannot be read: {failure}"
