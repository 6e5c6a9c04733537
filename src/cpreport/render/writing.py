"""Files appear under their names only when they are complete."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpreport.model.errors import EnvironmentFailure
from cpreport.render.digest import recorded_digest, text_digest

_WRITABLE = 0o222


def refuse_edited(path: Path) -> None:
    """Raises EnvironmentFailure if a document at this path is not as cpreport wrote it.

    A mere re-save does not count: what counts is the text.
    """
    if not is_untouched(path):
        raise EnvironmentFailure(
            f"{path} was edited, or not written by cpreport: it is left as it is; use --overwrite to replace it"
        )


def is_untouched(path: Path) -> bool:
    """Whether there is no file at this path, or a document whose text is as cpreport wrote it.

    Raises EnvironmentFailure.
    """
    try:
        if not path.is_file():
            return True
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure(f"{path} cannot be read: {error.strerror or error}") from error
    try:
        return recorded_digest(content) == text_digest(content)
    except ValueError:
        return False


def write_below(path: Path, content: bytes) -> None:
    """Writes a file as write_whole does; its folder is made if it is not there."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFailure(f"the folder {path.parent} cannot be made: {error.strerror or error}") from error
    write_whole(path, content)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file of somebody's with the content that it shall have instead of what it had when that was made."""

    path: Path
    before: bytes
    content: bytes


def rewrite_all(files: Sequence[Rewrite]) -> None:
    """Gives files their new content, each in one step.

    Raises EnvironmentFailure if one has changed meanwhile or may not be written; then none is. Where the system fails
    later, it says which are written.
    """
    for each in files:
        _refuse_changed(each)
    written: list[str] = []
    for each in files:
        try:
            write_whole(each.path.resolve(), each.content)
        except EnvironmentFailure as failure:
            known = f"; written before that: {', '.join(written)}" if written else "; nothing was written"
            raise EnvironmentFailure(f"{failure}{known}") from failure
        written.append(str(each.path))


def _refuse_changed(file: Rewrite) -> None:
    try:
        is_read_only = not (file.path.stat().st_mode & _WRITABLE and os.access(file.path, os.W_OK))
        is_changed = file.path.read_bytes() != file.before
    except OSError as error:
        raise EnvironmentFailure(f"{file.path} cannot be read: {error.strerror or error}") from error
    if is_read_only:
        raise EnvironmentFailure(f"{file.path} is read-only: nothing was written")
    if is_changed:
        raise EnvironmentFailure(f"{file.path} was changed meanwhile: nothing was written; run this again")


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file in one step: whatever fails, an existing one stays as it was and nothing half-written is left.

    The new one may be read and written by whom the old one may. Raises EnvironmentFailure.
    """
    partial = path.with_name(f".{path.stem[:40]}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            raise EnvironmentFailure(f"{path} is no file that a report could replace")
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            with contextlib.suppress(OSError):
                shutil.copymode(path, partial)
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise EnvironmentFailure(f"{path} cannot be written: {error.strerror or error}") from error
