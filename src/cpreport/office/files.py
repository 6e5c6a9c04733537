"""Files as the system has them: which this run has read, and half-written ones beside their places."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_HALF_WRITTEN = re.compile(r"\..*\.[0-9a-f]{16}\.part", re.DOTALL)
_A_DAY = 24 * 60 * 60
_read: ContextVar[set[object] | None] = ContextVar("read", default=None)
"""The inputs of this run, by what the system tells them apart by and by their resolved paths."""


@contextmanager
def remembering_inputs() -> Iterator[None]:
    """Within it, `is_input` knows what `read_input` has read."""
    token = _read.set(set())
    try:
        yield
    finally:
        _read.reset(token)


def read_input(path: Path) -> bytes:
    """A file's bytes. Every input is read here, so that it is known whatever it is called. Raises OSError."""
    with path.open("rb") as file:
        if (known := _read.get()) is not None:
            known.update((_identity(os.fstat(file.fileno())), path.resolve()))
        return file.read()


def is_input(path: Path) -> bool:
    """Whether this run has read the file, perhaps under the name of a link or in another spelling. Raises OSError."""
    known = _read.get() or set()
    return path.exists() and (path.resolve() in known or _identity(path.stat()) in known)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def half_written(place: Path) -> Path:
    """A new name beside a place, for what is moved there once it is whole; no other run has it."""
    import secrets  # only what writes pays for it

    return place.parent / f".{place.stem[:40]}.{secrets.token_hex(8)}.part"


def is_half_written(path: Path) -> bool:
    """Whether a file or folder has such a name."""
    return bool(_HALF_WRITTEN.fullmatch(path.name))


def remove_leftovers(beside: Path) -> None:
    """Removes, as far as it may, what killed runs left half-written beside a new file more than a day before it."""
    with contextlib.suppress(OSError):
        oldest = beside.stat().st_mtime - _A_DAY
        for path in filter(is_half_written, beside.parent.iterdir()):
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < oldest:
                    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
