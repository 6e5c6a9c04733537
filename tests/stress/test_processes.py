"""Each command in a process of its own, with streams that are full or closed, and with spoiled files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .. import test_commands as commands
from .. import test_fuzz as fuzz

folder = commands.folder

pytestmark = [
    pytest.mark.usefixtures("folder"),
    pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full"),
]


@pytest.mark.parametrize(("arguments", "streams", "status"), commands.FULL)
def test_only_what_was_asked_for_on_standard_output_must_be_printed(
    arguments: str, streams: tuple[str, ...], status: int
) -> None:
    commands.test_only_what_was_asked_for_on_standard_output_must_be_printed(arguments, streams, status)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["validate", "build", "figures"])
def test_streams_may_be_closed(folder: Path, command: str, closed: str) -> None:
    commands.test_streams_may_be_closed(folder, command, closed)


@pytest.mark.parametrize("arguments", ["--version", "--help", "explain data.not-a-number", "schema"])
def test_whatever_is_printed_needs_room(arguments: str) -> None:
    commands.test_whatever_is_printed_needs_room(arguments)


@pytest.mark.parametrize(("name", "content", "status"), fuzz.SPOILED)
def test_a_process_ends_with_its_status(tmp_path: Path, name: str, content: str | bytes, status: int) -> None:
    fuzz.test_a_process_ends_with_its_status(tmp_path, name, content, status)
