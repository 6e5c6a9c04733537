"""Writes into the pages what their commands print: README.md and docs/*.md.

python -m docs.make_outputs [--check]; with --check, only says whether the pages are up to date.

Each page has a folder of its own, empty at first. Marks in the page, which readers do not see, say what happens in it:

    <!-- run
    copy examples/july-2023.xlsx
    cell july-2023.xlsx Data!Q6 sixty
    -->                                       commands whose output is not shown

    <!-- output -->                           what the commands of the last sh block print stands in the block below
    <!-- output, 2 lines -->                  its first two lines
    <!-- output of cpreport --version -->     what another command prints
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl

from cpreport import load_workbook
from cpreport.editions.audit import audit_file
from docs.pages import ROOT, write_or_check

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
STEP = re.compile(
    r"^```sh\n(?P<shown>.*?)^```\n"
    r"|^<!-- run\n(?P<run>.*?)-->\n"
    r"|^<!-- output(?: of (?P<of>.+?))?(?:, (?P<lines>\d+) lines?)? -->\n(?P<fence>```\w*\n).*?^```\n",
    re.MULTILINE | re.DOTALL,
)
RECORD = re.compile(r"^    \{\n(?:.*\n)*?    \},?\n", re.MULTILINE)
SURROUNDINGS = {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
WRONG_USAGE = 2


class WrongCommand(Exception):
    """A command of a page that cannot be run."""


def with_outputs(page: str) -> str:
    """The page with the outputs of its commands. Raises WrongCommand."""
    with TemporaryDirectory() as folder:
        return "".join(_parts(page, Path(folder).resolve()))


def _parts(page: str, folder: Path) -> Iterator[str]:
    shown, end = "", 0
    for step in STEP.finditer(page):
        yield page[end : step.start()]
        end = step.end()
        if step["run"]:
            outputs(step["run"], folder)
        if step["fence"] is None:
            shown = step["shown"] or shown
            yield step[0]
        else:
            mark = step[0][: step.start("fence") - step.start()]
            yield f"{mark}{step['fence']}{_first(outputs(step['of'] or shown, folder), step['lines'])}```\n"
    yield page[end:]


def _first(text: str, count: str | None) -> str:
    """So many lines of an output; `…` stands for the others."""
    lines = text.splitlines(keepends=True)
    kept = lines[: int(count)] if count else lines
    return "".join(kept) + ("…\n" if len(kept) < len(lines) else "")


def outputs(commands: str, folder: Path) -> str:
    """What commands print, one a line, without the folder's own name."""
    printed = "".join(COMMANDS[name](folder, *rest) for name, *rest in map(shlex.split, commands.splitlines()))
    return printed.replace(f"{folder}{os.sep}", "")


def cpreport(folder: Path, *arguments: str) -> str:
    """What cpreport prints, findings included."""
    call = [sys.executable, "-m", "cpreport", *arguments]
    env = {**os.environ, **SURROUNDINGS}
    done = subprocess.run(
        call, cwd=folder, env=env, text=True, encoding="utf-8", stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode == WRONG_USAGE or "Traceback" in done.stdout:
        raise WrongCommand(f"{shlex.join(['cpreport', *arguments])}\n{done.stdout}")
    return done.stdout


def copy(folder: Path, source: str, name: str = "") -> str:
    """Copies a file or folder of the project into the page's folder."""
    copied = shutil.copytree if (ROOT / source).is_dir() else shutil.copyfile
    copied(ROOT / source, folder / (name or Path(source).name))
    return ""


def cell(folder: Path, file: str, address: str, value: str) -> str:
    """Types a number or a text into a cell of a workbook, such as Data!Q6."""
    sheet, at = address.split("!")
    book = openpyxl.load_workbook(folder / file)
    book[sheet][at] = float(value) if re.fullmatch(r"-?[0-9.]+", value) else value
    book.save(folder / file)
    return ""


def write(folder: Path, file: str, *lines: str) -> str:
    """Writes a text file of these lines."""
    (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return ""


def audit(folder: Path, workbook: str, *texts: str) -> str:
    """The first records of a workbook's audit that hold these texts."""
    content = audit_file(load_workbook(folder / workbook).audit(folder)).decode()
    records = RECORD.findall(content)
    return "".join(next(record for record in records if text in record) for text in texts)


COMMANDS = {each.__name__: each for each in (cpreport, copy, cell, write, audit)}


def made() -> Mapping[Path, str]:
    """The pages, each as it should be."""
    return {page: with_outputs(page.read_text(encoding="utf-8")) for page in PAGES}


if __name__ == "__main__":
    sys.exit(write_or_check(made()))
