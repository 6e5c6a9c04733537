"""`cpreport doctor` says what is there, and fails where something that is needed is not."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cpreport
from cpreport.inputs.definitions.folder import packaged_reports

Call = Callable[..., tuple[int, str, str]]


def lines_of(out: str) -> dict[str, str]:
    return {name: text.strip() for name, _, text in (line.partition(":") for line in out.splitlines())}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of cpreport with its templates, to be spoiled."""
    shutil.copytree(Path(cpreport.__file__).parent, tmp_path / "cpreport", ignore=shutil.ignore_patterns("templates"))
    shutil.copytree(packaged_reports(), tmp_path / "cpreport" / "templates")
    return tmp_path


def doctor_of(copy: Path, without: str = "") -> subprocess.CompletedProcess[str]:
    """`cpreport doctor` of a copy, in a process where one package is not there."""
    code = f"import sys; sys.modules[{without!r}] = None; from cpreport.commands.main import main; main()"
    run = [sys.executable, "-c", code, "doctor"]
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(run, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)


def test_it_says_what_is_installed_and_where(call: Call) -> None:
    status, out, err = call("doctor")
    said = lines_of(out)

    assert (status, err) == (0, "")
    assert said["Python"] == f"{platform.python_version()} ({sys.executable})"
    assert said["templates"] == f"{packaged_reports()} (corporate-parenting, overview, scorecard)"
    assert said["cpreport"].endswith(f"({Path(cpreport.__file__).parent})")
    assert out.splitlines()[-1] == "everything that cpreport needs is there"


def test_it_says_whether_pdfs_can_be_made_and_how_to_install_what_makes_them(call: Call, copy: Path) -> None:
    assert lines_of(call("doctor")[1])["PDF"] == "typst 0.15.2"

    without = doctor_of(copy, without="typst")
    assert without.returncode == 0
    said = lines_of(without.stdout)["PDF"]
    assert said.startswith('a PDF needs typst 0.15.2, which is not installed: pip install "cpreport[pdf]"')


def test_a_copy_elsewhere_has_its_own_templates(copy: Path) -> None:
    run = doctor_of(copy)
    assert (run.returncode, run.stderr) == (0, "")
    assert str(copy / "cpreport" / "templates") in lines_of(run.stdout)["templates"]


def test_a_packaged_report_that_cannot_be_read_is_a_failure(copy: Path) -> None:
    (copy / "cpreport" / "templates" / "overview" / "report.toml").write_text("title = ", encoding="utf-8")
    (copy / "cpreport" / "templates" / "scorecard" / "indicators.toml").unlink()
    run = doctor_of(copy)
    first, second = run.stderr.splitlines()

    assert run.returncode == 3
    assert first.startswith("cpreport: the report overview cannot be read: ")
    assert second.startswith("cpreport: the report scorecard cannot be read: ")
    assert second.endswith("; install cpreport again")


def test_missing_templates_are_a_failure(copy: Path) -> None:
    shutil.rmtree(copy / "cpreport" / "templates")
    run = doctor_of(copy)
    assert run.returncode == 3
    assert "the reports that come with cpreport are missing" in run.stderr


def test_without_pandas_a_table_of_figures_says_how_to_install_it() -> None:
    example = Path(__file__).parents[1] / "examples" / "july-2023.xlsx"
    code = (
        "import sys; sys.modules['pandas'] = None\n"
        "from cpreport import load_workbook\n"
        "from cpreport.model.errors import EnvironmentFailure\n"
        f"month = load_workbook({str(example)!r})\n"
        "assert month.rows()\n"
        "try:\n    month.to_frame()\nexcept EnvironmentFailure as failure:\n    print(failure)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == 'month.to_frame() needs pandas, which is not installed: pip install "cpreport[pandas]"\n'
