"""Files as the system has them: the one door for reading, and half-written files beside their places."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NamedTuple

_HALF_WRITTEN = re.compile(r"\..*\.[0-9a-f]{16}\.part", re.DOTALL)
_A_DAY = 24 * 60 * 60


class Input(NamedTuple):
    """A file that a run has read: where, and the SHA-256 of its content in hexadecimal digits."""

    path: Path
    sha256: str


class _Run(NamedTuple):
    """The inputs that are known by now, with their content, by their resolved paths, and those that this run has read.

    What is known is shared with the run that this is part of. `read` are keys in order of reading.
    """

    known: dict[Path, tuple[Input, bytes]]
    read: dict[Path, None]


_run: ContextVar[_Run | None] = ContextVar("run", default=None)
"""None outside of a run."""


@contextmanager
def remembering_inputs() -> Iterator[None]:
    """A run: within it each file is read once, and what was read is known. One within another is part of that."""
    outer = _run.get()
    run = _Run(outer.known if outer else {}, {})
    token = _run.set(run)
    try:
        yield
    finally:
        _run.reset(token)
        if outer:
            outer.read.update(run.read)


@contextmanager
def looking_aside() -> Iterator[None]:
    """Within it, what is read is known, but is none of what the run's report is made from."""
    run = _run.get()
    token = _run.set(run and _Run(run.known, {}))
    try:
        yield
    finally:
        _run.reset(token)


def read_input(path: Path) -> bytes:
    """A file's bytes. Every input is read here, so that it is known under any name. Raises OSError."""
    run = _run.get()
    if run is None:
        return path.read_bytes()
    place = path.resolve()
    if place not in run.known:
        content = path.read_bytes()
        run.known[place] = Input(path, hashlib.sha256(content).hexdigest()), content
    run.read[place] = None
    return run.known[place][1]


def inputs_read() -> tuple[Input, ...]:
    """What this run has read so far, in order of reading; empty outside of a run."""
    run = _run.get()
    return tuple(run.known[place][0] for place in run.read) if run else ()


def is_input(path: Path) -> bool:
    """Whether this run has read the file, perhaps under the name of a link or in another spelling. Raises OSError."""
    run = _run.get()
    known = run.known if run else {}
    return path.exists() and (path.resolve() in known or any(is_same(path, place) for place in known))


def is_same(path: Path, place: Path) -> bool:
    """Whether two names, perhaps of links, are of one file; not where the second is not there. Raises OSError."""
    return place.exists() and path.samefile(place)


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
