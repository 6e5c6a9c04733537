"""Files appear under their names only when they are complete."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cpreport.model.errors import EnvironmentFailure
from cpreport.render.digest import PARTS_PROPERTY, PROPERTY, parts_digest, recorded_digest, text_digest

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
    return _is_as_recorded(content, PROPERTY, text_digest)


def is_own_form(content: bytes) -> bool:
    """Whether a form is as cpreport wrote it, in every part: also one that was only saved anew may not be."""
    return _is_as_recorded(content, PARTS_PROPERTY, parts_digest)


def _is_as_recorded(content: bytes, property: str, digest: Callable[[bytes], str]) -> bool:
    try:
        return recorded_digest(content, property) == digest(content)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A file of somebody's with the content that it shall have instead of what it had when that was made.

    `before` is None where there was no file.
    """

    path: Path
    before: bytes | None
    content: bytes


def rewrite_all(files: Sequence[Rewrite]) -> None:
    """Gives files their new content, each in one step; folders that are not there are made.

    Raises EnvironmentFailure if one has changed meanwhile or may not be written; then none is. Where one changes or the
    system fails later, it says which are written.
    """
    for each in files:
        if obstacle := _obstacle(each):
            raise EnvironmentFailure(f"{obstacle}: nothing was written; run this again")
    written: list[str] = []
    for each in files:
        try:
            _rewrite(each)
        except EnvironmentFailure as failure:
            known = f"; written before that: {', '.join(written)}" if written else "; nothing was written"
            raise EnvironmentFailure(f"{failure}{known}") from failure
        written.append(str(each.path))


def _rewrite(file: Rewrite) -> None:
    """Writes a file after another look at what is there."""
    try:
        file.path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFailure(f"the folder {file.path.parent} cannot be made: {error.strerror or error}") from error
    if obstacle := _obstacle(file):
        raise EnvironmentFailure(obstacle)
    write_whole(file.path.resolve(), file.content)


def _obstacle(file: Rewrite) -> str:
    """Why a file may not be written, but for what the system says; nothing if it may."""
    if file.before is None:
        return f"{file.path} was made meanwhile" if file.path.is_file() else ""
    try:
        is_read_only = not (file.path.stat().st_mode & _WRITABLE and os.access(file.path, os.W_OK))
        is_changed = file.path.read_bytes() != file.before
    except OSError as error:
        raise EnvironmentFailure(f"{file.path} cannot be read: {error.strerror or error}") from error
    if is_read_only:
        return f"{file.path} is read-only"
    return f"{file.path} was changed meanwhile" if is_changed else ""


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
