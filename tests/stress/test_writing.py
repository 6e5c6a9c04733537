"""Kills, full disks and clashes: a report is the old one or the new one, whole, and nothing is left lying about."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from ..example_month import Change
from ..workbooks import write_example

SCRIPT = Path(sys.executable).parent / "cpreport"
BUILD = [SCRIPT, "build", "july-2023.xlsx"]
KINDS = ("docx", "html", "pdf")
EVERY = [*BUILD, *(word for kind in KINDS for word in ("--format", kind))]
MONTHS: list[Change] = [{}, {"Data!F6": 1282}]
"""The example month as it is, and with another figure."""

A_DAY = 24 * 60 * 60


def run(*command: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example month with its report; the current folder."""
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path, {})
    assert run(*BUILD).returncode == 0
    return tmp_path


def files_of(folder: Path) -> dict[str, bytes]:
    """A month's files: its workbook and what a build has written, by their names."""
    return {path.name: path.read_bytes() for path in folder.glob("july-2023.*")}


@pytest.fixture
def reports(folder: Path) -> list[dict[str, bytes]]:
    """The files of both months; those of the first are there."""
    made = []
    for month in reversed(MONTHS):
        write_example(folder, month)
        assert run(*EVERY).returncode == 0
        made.append(files_of(folder))
    return made[::-1]


def leftovers(folder: Path) -> list[Path]:
    return sorted(folder.rglob(".*"))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path not in leftovers(folder)}


def kill_while_writing(build: subprocess.Popen[bytes], folder: Path) -> None:
    while build.poll() is None and not any(name.endswith(".part") for name in os.listdir(folder)):  # noqa: PTH208
        pass
    build.kill()


def test_a_killed_build_leaves_each_file_the_old_one_or_the_new_one(
    folder: Path, reports: list[dict[str, bytes]]
) -> None:
    assert len(reports[0]) == len(KINDS) + 2
    started = time.monotonic()
    assert run(*EVERY).returncode == 0
    usual = time.monotonic() - started
    before, chance, left_behind, seen = names(folder), random.Random(60), 0, Counter[str]()

    for number in range(200):
        (folder / "july-2023.xlsx").write_bytes(reports[number % 2]["july-2023.xlsx"])
        build = subprocess.Popen(EVERY, stderr=subprocess.DEVNULL)
        if number % 3:
            time.sleep(chance.uniform(0, usual * 1.1))
            build.kill()
        else:
            kill_while_writing(build, folder)
        build.wait()
        for name, content in files_of(folder).items():
            assert content in [report[name] for report in reports], name
            seen[name] += content == reports[number % 2][name]
        assert names(folder) == before
        left_behind = max(left_behind, len(leftovers(folder)))

    assert all(0 < seen[name] < 200 for name in reports[0] if name != "july-2023.xlsx"), seen
    for path in leftovers(folder):
        os.utime(path, (time.time() - 2 * A_DAY,) * 2)
    assert run(*EVERY).returncode == 0
    assert left_behind and not leftovers(folder)
    assert names(folder) == before


COMMANDS = [
    "build july-2023.xlsx --output out",
    "validate july-2023.xlsx --annotate out/checked.xlsx",
    "narrative new july-2023.xlsx --narrative out",
    "init out/new --authority Council --period 2023-07",
]


@pytest.mark.parametrize("size", [0, 1_000])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_may_not_grow_leaves_what_was_there(folder: Path, command: str, size: int) -> None:
    (folder / "out").mkdir()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (size, size))
    without_bytecode = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    failed = run(SCRIPT, *command.split(), preexec_fn=limit, env=without_bytecode)

    assert failed.returncode == 3, failed.stderr
    assert b"Traceback" not in failed.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.fixture
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk with a report, and room for 4 KiB more."""
    disk = folder / "out"
    disk.mkdir()
    if run("mount", "-t", "tmpfs", "-o", "size=1m", "none", str(disk)).returncode:
        pytest.skip("may not mount a disk")
    try:
        shutil.copy(folder / "july-2023.docx", disk)
        (disk / "others").write_bytes(bytes(shutil.disk_usage(disk).free - 4_096))
        yield disk
    finally:
        run("umount", str(disk))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_leaves_what_was_there(folder: Path, small_disk: Path, command: str) -> None:
    write_example(folder, MONTHS[1])
    before = {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()}
    failed = run(SCRIPT, *command.split())

    assert failed.returncode == 3, failed.stderr
    assert b"Traceback" not in failed.stderr
    assert {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()} == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("stream", "command", "status"), [(1, "figures", 3), (1, "build", 0), (2, "build", 0)])
def test_a_full_stream_tells_the_truth(folder: Path, stream: int, command: str, status: int) -> None:
    write_example(folder, MONTHS[1])
    before = (folder / "july-2023.docx").read_bytes()
    done = run("sh", "-c", f"exec '{SCRIPT}' {command} july-2023.xlsx {stream}>/dev/full")

    assert done.returncode == status
    assert ((folder / "july-2023.docx").read_bytes() != before) is (command == "build")


def test_builds_some_seconds_apart_give_the_same_bytes(folder: Path) -> None:
    first = (folder / "july-2023.docx").read_bytes()
    (folder / "july-2023.docx").unlink()
    time.sleep(3)
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    assert run(*BUILD, env={**os.environ, **elsewhere}).returncode == 0
    assert (folder / "july-2023.docx").read_bytes() == first


def test_builds_with_the_same_process_id_do_not_disturb_each_other(
    folder: Path, reports: list[dict[str, bytes]]
) -> None:
    alone = ["unshare", "--pid", "--fork"]  # what containers do: both are process 1
    if not shutil.which("unshare") or run(*alone, "true").returncode:
        pytest.skip("may not make process namespaces")
    for _ in range(10):
        builds = [subprocess.Popen([*alone, *BUILD], stderr=subprocess.DEVNULL) for _ in range(2)]
        assert [build.wait(120) for build in builds] == [0, 0]
        assert (folder / "july-2023.docx").read_bytes() == reports[0]["july-2023.docx"]
    assert not leftovers(folder)
