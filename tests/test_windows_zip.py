"""The zip for Windows: every wheel that is needed there is in it, at its place, with files to drop workbooks on."""

from __future__ import annotations

import importlib.util
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PYTHON = ("python.exe", "python312.dll", "python312.zip", "python312._pth", "vcruntime140.dll")
WHEELS = (
    ("cpreport-1.0-py3-none-any", ["lxml>=5.3", "typer", "pandas; extra == 'pandas'"]),
    ("lxml-6.0-cp312-cp312-win_amd64", []),
    ("typer-1.0-py3-none-any", ['colorama; platform_system == "Windows"', "uvloop; sys_platform == 'linux'"]),
    ("colorama-0.4-py2.py3-none-any", ["typing-extensions; python_version < '3.12'"]),
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script, which is no module of the project."""
    spec = importlib.util.spec_from_file_location("windows_zip", ROOT / ".ci" / "windows_zip.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def embeddable(folder: Path, names: Iterable[str] = PYTHON) -> Path:
    """A zip with the files of Python's embeddable one, whose content does not matter."""
    with zipfile.ZipFile(folder / "embed.zip", "w") as archive:
        for name in names:
            archive.writestr(name, f"this is {name}")
    return folder / "embed.zip"


def write_wheels(folder: Path, *without: str, **instead: str) -> list[Path]:
    """Wheels with a module each; `instead` has other names of files by the names of packages."""
    paths = []
    for name, requirements in WHEELS:
        package = name.partition("-")[0]
        if package in without:
            continue
        path = folder / f"{instead.get(package, name)}.whl"
        with zipfile.ZipFile(path, "w") as archive:
            needed = "".join(f"Requires-Dist: {requirement}\n" for requirement in requirements)
            archive.writestr(f"{package}-1.dist-info/METADATA", f"Name: {package}\nVersion: 1\n{needed}\nAbout it\n")
            archive.writestr(f"{package}/__init__.py", "")
            archive.writestr(f"{package}-1.data/platlib/{package}_more.py", "")
            archive.writestr(f"{package}-1.data/scripts/{package}", "#!python")
        paths.append(path)
    return paths


def made(script: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    """The files of the zip that the script makes."""
    own, *_ = write_wheels(folder)
    script.main([str(embeddable(folder)), str(own), str(folder / "out.zip"), "--wheels", str(folder)])
    assert capsys.readouterr().out.startswith(f"{folder / 'out.zip'} written: ")
    with zipfile.ZipFile(folder / "out.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_python_and_the_wheels_stand_where_python_finds_them(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = made(script, tmp_path, capsys)

    assert files["cpreport/python/python.exe"] == b"this is python.exe"
    assert files["cpreport/python/python312._pth"].split() == [
        *(b"python312.zip", b".", b"Lib/site-packages", b"import", b"site")
    ]
    below = {name.removeprefix("cpreport/python/Lib/site-packages/") for name in files if "site-packages" in name}
    packages = ("cpreport", "lxml", "typer", "colorama")
    assert below == {
        f"{package}{rest}" for package in packages for rest in ("/__init__.py", "-1.dist-info/METADATA", "_more.py")
    }
    assert {name.partition("/")[0] for name in files} == {"cpreport"}


def test_the_same_files_give_the_same_zip(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made(script, tmp_path, capsys)
    first = (tmp_path / "out.zip").read_bytes()
    made(script, tmp_path, capsys)
    assert (tmp_path / "out.zip").read_bytes() == first
    assert zipfile.ZipFile(BytesIO(first)).testzip() is None


@pytest.mark.parametrize(
    ("without", "instead", "missing"),
    [
        (["colorama"], {}, "colorama"),
        (["lxml", "typer"], {}, "lxml>=5.3; typer"),
        ([], {"lxml": "lxml-6.0-cp312-cp312-manylinux_2_28_x86_64"}, "lxml>=5.3"),
        ([], {"lxml": "lxml-6.0-cp313-cp313-win_amd64"}, "lxml>=5.3"),
        ([], {"lxml": "lxml-5.2-cp312-cp312-win_amd64"}, "lxml>=5.3"),
    ],
)
def test_nothing_is_written_where_a_wheel_for_windows_is_missing(
    script: ModuleType, tmp_path: Path, without: list[str], instead: dict[str, str], missing: str
) -> None:
    own, *_ = write_wheels(tmp_path, *without, **instead)
    with pytest.raises(SystemExit, match=f"^not made: {re.escape(missing)}$"):
        script.main([str(embeddable(tmp_path)), str(own), str(tmp_path / "out.zip"), "--wheels", str(tmp_path)])
    assert not (tmp_path / "out.zip").exists()


def test_a_wheel_of_the_stable_interface_will_do(script: ModuleType, tmp_path: Path) -> None:
    wheels = write_wheels(tmp_path, lxml="lxml-6.0-cp38-abi3-win_amd64")
    assert script.needed_wheels(wheels, "3.12") == sorted(wheels)


def test_a_wheel_that_is_not_needed_is_left_out(script: ModuleType, tmp_path: Path) -> None:
    wheels = write_wheels(tmp_path)
    with zipfile.ZipFile(tmp_path / "pandas-3.0-cp312-cp312-win_amd64.whl", "w") as archive:
        archive.writestr("pandas-3.0.dist-info/METADATA", "Name: pandas\n")
    assert script.needed_wheels(tmp_path.glob("*.whl"), "3.12") == sorted(wheels)


def test_a_zip_that_is_not_the_embeddable_one_is_refused(script: ModuleType, tmp_path: Path) -> None:
    own, *_ = write_wheels(tmp_path)
    with pytest.raises(SystemExit, match=r"not made: embed\.zip is not Python's embeddable zip"):
        script.main([str(embeddable(tmp_path, ["python.exe"])), str(own), "out.zip", "--wheels", str(tmp_path)])


@pytest.mark.parametrize(
    ("name", "command"),
    [
        ("Build report.cmd", 'build "%~1" --open'),
        ("Check workbook.cmd", 'validate "%~1" --annotate "%~dpn1 CHECKED%~x1" --open'),
    ],
)
def test_files_to_drop_on_quote_paths_read_utf_8_and_wait(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, command: str
) -> None:
    content = made(script, tmp_path, capsys)[f"cpreport/{name}"]
    lines = content.decode("ascii").split("\r\n")

    assert b"\n" not in content.replace(b"\r\n", b"")
    assert lines[0] == "@echo off"
    assert lines.index("chcp 65001 >nul") < lines.index(f'"%~dp0python\\python.exe" -X utf8 -m cpreport {command}')
    assert {line.strip() for line in lines if line.startswith("shift")} == {"shift /1"}  # %0 stays
    assert all(f'"{part}' in line for line in lines for part in re.findall(r"%~\w*\d", line)[:1])
    assert lines[-3:] == ["pause", "exit /b %status%", ""]
