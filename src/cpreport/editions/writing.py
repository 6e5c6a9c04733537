"""Files appear under their names only when they are complete."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from cpreport.editions.audit import origin_of_audit
from cpreport.editions.seal import ORIGIN, is_sealed, stated
from cpreport.model.document import Report
from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.office.digests import ORIGIN_PROPERTY, PROPERTY, is_as_recorded, origin_digest, recorded_digest
from cpreport.office.files import half_written, is_input, remove_leftovers

_WRITABLE = 0o222


def refuse_other(path: Path, report: Report, is_beside: bool) -> None:
    """Raises EnvironmentFailure if a document at this path is not one that this report may replace.

    It may be replaced if it is as cpreport wrote it, a mere re-save in Word apart, from the same report folder: beside
    its workbook that is one in the same place, elsewhere one with the same title and authority too. What kind of
    document it is shows its content. Raises UsageError if it is an input.

    An audit file holds no digest of its own, and does not say where a report folder on another drive is. A later report
    may have read it, so whether it may be replaced is known by what is to be written.
    """
    with _as_failure(path, "read"):
        content = path.read_bytes() if path.is_file() else b""
    of_audit = origin_of_audit(content)
    if of_audit is None:
        refuse_place(path)
    if not path.exists():
        return
    recorded = _origin(content) if of_audit is None else of_audit
    if recorded is None:
        raise EnvironmentFailure(
            f"{path} was edited, or not written by cpreport: it is left as it is; use --overwrite to replace it"
        )
    if of_audit and Path(report.place).is_absolute():
        return
    origin = origin_digest(report.place, report.cover)
    if not recorded.startswith(origin.partition("-")[0] if is_beside else origin):
        raise EnvironmentFailure(
            f"{path} was made from another report folder: it is left as it is; name another file with --output, "
            "or use --overwrite to replace it"
        )


def _origin(content: bytes) -> str | None:
    """What a document states of its report folder, '' where it does not; None if it is not as cpreport wrote it."""
    if is_sealed(content):
        return stated(content, ORIGIN)
    return recorded_digest(content, ORIGIN_PROPERTY) if is_as_recorded(content, PROPERTY) else None


class Rewrite(NamedTuple):
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
            with _as_failure(f"the folder {each.path.parent}", "made"):
                each.path.parent.mkdir(parents=True, exist_ok=True)
            if obstacle := _obstacle(each):
                raise EnvironmentFailure(obstacle)
            write_whole(each.path.resolve(), each.content)
        except EnvironmentFailure as failure:
            known = f"; written before that: {', '.join(written)}" if written else "; nothing was written"
            raise EnvironmentFailure(f"{failure}{known}") from failure
        written.append(str(each.path))


def _obstacle(file: Rewrite) -> str:
    """Why a file may not be written, but for what the system says; nothing if it may."""
    with _as_failure(file.path, "read"):
        if file.before is None:
            return f"{file.path} was made meanwhile" if file.path.is_file() else ""
        if not (file.path.stat().st_mode & _WRITABLE and os.access(file.path, os.W_OK)):
            return f"{file.path} is read-only"
        return f"{file.path} was changed meanwhile" if file.path.read_bytes() != file.before else ""


def write_output(path: Path, content: bytes) -> None:
    """Writes a file as `write_whole` does, unless it is one that this run has read, which is a UsageError."""
    refuse_place(path)
    write_whole(path, content)


def refuse_place(path: Path, content: bytes | None = None) -> None:
    """Raises UsageError if this run has read the file, unless it has just this content.

    Raises EnvironmentFailure if it is a folder or cannot be looked at.
    """
    with _as_failure(path, "read"):
        if is_input(path) and path.read_bytes() != content:
            raise UsageError(f"{path} is one of the files that this run has read: name another file to write")
        _refuse_folder(path)


def _refuse_folder(path: Path) -> None:
    if path.exists() and not path.is_file():
        raise EnvironmentFailure(f"{path} is not a file that a report can replace")


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file in one step: whatever fails, an existing one stays as it was and nothing half-written is left.

    The new one may be read and written by whom the old one may. Raises EnvironmentFailure.
    """
    new = half_written(path)
    with _as_failure(path, "written"):
        _refuse_folder(path)
        try:
            with new.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            remove_leftovers(beside=new)
            if path.exists():
                with contextlib.suppress(OSError):
                    shutil.copymode(path, new)
            new.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                new.unlink()
            raise


@contextmanager
def _as_failure(what: Path | str, done: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EnvironmentFailure(f"{what} cannot be {done}: {error.strerror or error}") from error
