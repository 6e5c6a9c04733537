"""Makes the zip for Windows: the official embeddable Python, cpreport with all it needs, files to drop workbooks on.

    python .ci/windows_zip.py python-3.12.10-embed-amd64.zip dist/cpreport-0.1.0-py3-none-any.whl cpreport-windows.zip

What cpreport needs is fetched with pip, as wheels for Windows, in the versions of constraints.txt; `--wheels FOLDER`
names a folder that has them instead. Nothing that is in the zip is run, so it can be made on any system.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path
from tempfile import TemporaryDirectory

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename

from cpreport.office.package import archived

ROOT = Path(__file__).parents[1]
PLATFORM = "win_amd64"
LARGEST = 120_000_000
"""Bytes that the zip may have."""

_PATHS = "{python}.zip\n.\nLib/site-packages\nimport site\n"
_RUN = '"%~dp0python\\python.exe" -X utf8 -m cpreport'
_DROP = """@echo off
rem {what}
setlocal
chcp 65001 >nul
set status=0
if "%~1"=="" (
  echo Drop a workbook, such as july-2023.xlsx, on this file.
  pause
  exit /b 2
)
:next
if "%~1"=="" goto done
{run}
if errorlevel 1 set status=1
shift /1
goto next
:done
if not %status%==0 echo Something is wrong: see above.
pause
exit /b %status%
"""
COMMANDS = {
    "Build report.cmd": _DROP.format(
        what="Drop a workbook on this file: its report is written beside it and opened.",
        run=f'{_RUN} build "%~1" --open',
    ),
    "Check workbook.cmd": _DROP.format(
        what="Drop a workbook on this file: a copy in which everything that is wrong is marked is written and opened.",
        run=f'{_RUN} validate "%~1" --annotate "%~dpn1 CHECKED%~x1" --open',
    ),
}
"""Files to drop workbooks on. They wait for a key at the end, so that warnings can be read."""

READ_ME = """cpreport makes the Corporate Parenting Board's report from the month's workbook.
It needs no installation, no administrator and no network.

1. Unpack this zip into a folder of your own, such as Documents.
2. Drop a workbook on "Check workbook.cmd": a copy in which everything that is wrong is marked is written beside it, and
   opened.
3. Drop the workbook on "Build report.cmd": the report is written beside it, and opened.

Any other command is run like this, from a command prompt in this folder:

    python\\python.exe -X utf8 -m cpreport doctor
"""


class Missing(Exception):
    """Wheels that are not there, or cannot be used on Windows."""


def windows_environment(version: str) -> dict[str, str]:
    """What markers of requirements are compared with on Windows; `version` is Python's, such as 3.12."""
    windows = {
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_system": "Windows",
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "sys_platform": "win32",
        "python_version": version,
        "python_full_version": f"{version}.0",
        "extra": "",
    }
    return {**{name: str(value) for name, value in default_environment().items()}, **windows}


def tags(version: str) -> frozenset[Tag]:
    """The tags of the wheels that can be used."""
    number = tuple(map(int, version.split(".")))
    interpreter = f"cp{''.join(map(str, number))}"
    return frozenset((*cpython_tags(number, platforms=[PLATFORM]), *compatible_tags(number, interpreter, [PLATFORM])))


def needed_wheels(wheels: Iterable[Path], version: str) -> list[Path]:
    """The wheels that cpreport needs on Windows, with its own, from a folder's.

    Raises Missing with the requirements that none of them meets.
    """
    usable, environment = tags(version), windows_environment(version)
    known = {canonicalize_name(parse_wheel_filename(path.name)[0]): path for path in wheels if _tags(path) & usable}
    wanted, used, missing = [Requirement("cpreport")], dict[str, Path](), list[str]()
    while wanted:
        requirement = wanted.pop()
        name = canonicalize_name(requirement.name)
        path = known.get(name)
        if path is None or not requirement.specifier.contains(parse_wheel_filename(path.name)[1], prereleases=True):
            missing.append(f"{requirement.name}{requirement.specifier}")
        elif name not in used:
            used[name] = path
            wanted += _requirements(path, environment)
    if missing:
        raise Missing(*sorted({*missing}))
    return sorted(used.values())


def _tags(wheel: Path) -> frozenset[Tag]:
    return parse_wheel_filename(wheel.name)[3]


def _requirements(wheel: Path, environment: Mapping[str, str]) -> Iterator[Requirement]:
    """What a wheel needs in an environment, without its extras."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(each for each in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", each))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for requirement in map(Requirement, metadata.get_all("Requires-Dist", [])):
        if requirement.marker is None or requirement.marker.evaluate(dict(environment)):
            yield requirement


def fetch(wheel: Path, version: str, folder: Path) -> list[Path]:
    """The wheels that cpreport's own one needs on Windows, fetched into a folder.

    pip leaves out what is needed on Windows only, for it judges by the system that it runs on: that is fetched by name.
    """
    _download([str(wheel)], version, folder)
    while True:
        try:
            return needed_wheels(folder.glob("*.whl"), version)
        except Missing as missing:
            there = {*folder.iterdir()}
            _download([str(requirement) for requirement in missing.args], version, folder)
            if {*folder.iterdir()} == there:
                raise


def _download(requirements: Sequence[str], version: str, folder: Path) -> None:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]
    target = ["--platform", PLATFORM, "--python-version", version, "--implementation", "cp", "--dest", str(folder)]
    subprocess.run([*pip, *target, "--constraint", str(ROOT / "constraints.txt"), *requirements], check=True)


def python_version(embeddable: Path) -> str:
    """The version of the Python in an embeddable zip, such as 3.12. Raises Missing where it is not such a zip."""
    with zipfile.ZipFile(embeddable) as archive:
        names = archive.namelist()
    found = next(filter(None, (re.fullmatch(r"python(\d)(\d+)\._pth", name) for name in names)), None)
    if found is None or "python.exe" not in names:
        raise Missing(f"{embeddable.name} is not Python's embeddable zip: it has no python.exe or no ._pth file")
    return f"{found[1]}.{found[2]}"


def assemble(embeddable: Path, wheels: Iterable[Path]) -> dict[str, bytes]:
    """The files of the zip by their names."""
    version = python_version(embeddable)
    python = f"python{version.replace('.', '')}"
    files = {f"cpreport/python/{name}": content for name, content in _files_in(embeddable)}
    files[f"cpreport/python/{python}._pth"] = _crlf(_PATHS.format(python=python))
    for wheel in needed_wheels(wheels, version):
        for name, content in _files_in(wheel):
            if place := _place(name):
                files[f"cpreport/python/Lib/site-packages/{place}"] = content
    texts = {**COMMANDS, "READ ME FIRST.txt": READ_ME}
    return {**{f"cpreport/{name}": _crlf(text) for name, text in texts.items()}, **files}


def _files_in(archive: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(archive) as opened:
        for name in opened.namelist():
            if not name.endswith("/"):
                yield name, opened.read(name)


def _place(name: str) -> str:
    """Where a wheel's file goes, below site-packages; '' for scripts and headers, which are of no use here."""
    found = re.fullmatch(r"[^/]+\.data/(\w+)/(.+)", name)
    if found is None:
        return name
    return found[2] if found[1] in ("purelib", "platlib") else ""


def _crlf(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode("ascii")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("embeddable", type=Path, help="Python's embeddable zip for 64-bit Windows")
    parser.add_argument("wheel", type=Path, help="cpreport's own wheel")
    parser.add_argument("output", type=Path, help="the zip to write")
    parser.add_argument("--wheels", type=Path, help="a folder with the other wheels; without it pip fetches them")
    given = parser.parse_args(arguments)
    try:
        version = python_version(given.embeddable)
        with TemporaryDirectory() as folder:
            others = given.wheels.glob("*.whl") if given.wheels else fetch(given.wheel, version, Path(folder))
            content = archived(assemble(given.embeddable, [*others, given.wheel]))
    except Missing as missing:
        sys.exit(f"not made: {'; '.join(map(str, missing.args))}")
    if len(content) > LARGEST:
        sys.exit(f"not made: it would have {len(content):,} bytes, more than {LARGEST:,}")
    given.output.write_bytes(content)
    print(f"{given.output} written: {len(content):,} bytes")


if __name__ == "__main__":
    main()
