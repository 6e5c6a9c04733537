"""`--open` hands what was written to the program that the system has for it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .example_month import DATA, INDICATORS
from .workbooks import changed, write_report, write_workbook

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems open files in other ways")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a workbook, and one with the only program that opens files: it notes what it is to open."""
    write_report(tmp_path / "a month", INDICATORS)
    write_workbook(tmp_path / "a month" / "july-2023.xlsx", {"Data": DATA})
    opener = tmp_path / "programs" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >"{tmp_path}/new" && mv "{tmp_path}/new" "{tmp_path}/opened"\n')
    opener.chmod(0o755)
    return tmp_path / "a month"


def run(folder: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    programs = path or f"{folder.parent / 'programs'}:{os.environ['PATH']}"
    command = [sys.executable, "-m", "cpreport", *arguments]
    environment = {**os.environ, "PATH": programs}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def opened(folder: Path) -> str:
    note, tries = folder.parent / "opened", 200
    while not note.exists() and (tries := tries - 1):
        time.sleep(0.05)
    return note.read_text().strip()


def test_build_opens_the_report(folder: Path) -> None:
    assert run(folder, "build", "july-2023.xlsx", "--open").returncode == 0
    assert opened(folder) == str(folder / "july-2023.docx")


def test_validate_opens_the_marked_copy_also_of_a_workbook_with_errors(folder: Path) -> None:
    write_workbook(folder / "july-2023.xlsx", changed({"Data": DATA}, {"Data!F6": "many"}))
    copy = "july-2023 CHECKED.xlsx"
    assert run(folder, "validate", "july-2023.xlsx", "--annotate", copy, "--open").returncode == 1
    assert opened(folder) == str(folder / copy)


def test_what_was_not_written_is_not_opened(folder: Path) -> None:
    (folder / "july-2023.xlsx").write_bytes(b"")
    for arguments in (["build", "july-2023.xlsx"], ["validate", "july-2023.xlsx", "--annotate", "copy.xlsx"]):
        assert run(folder, *arguments, "--open").returncode == 1
    assert run(folder, "validate", "july-2023.xlsx", "--open").returncode == 2
    assert not (folder.parent / "opened").exists()


def test_a_report_that_nothing_can_open_is_written_all_the_same(folder: Path) -> None:
    done = run(folder, "build", "july-2023.xlsx", "--open", path="/nowhere")
    assert (done.returncode, (folder / "july-2023.docx").is_file()) == (0, True)
    assert "july-2023.docx cannot be opened: the system has no program for it" in done.stderr
