"""Files appear under their names only when they are complete."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from cpreport.model.errors import EnvironmentFailure
from cpreport.render.digest import recorded_digest, text_digest


def refuse_edited(path: Path) -> None:
    """Raises EnvironmentFailure if a document at this path is not as cpreport wrote it.

    A mere re-save does not count: what counts is the text.
    """
    try:
        if not path.is_file():
            return
        content = path.read_bytes()
    except OSError as error:
        raise EnvironmentFailure(f"{path} cannot be read: {error.strerror or error}") from error
    try:
        is_untouched = recorded_digest(content) == text_digest(content)
    except ValueError:
        is_untouched = False
    if not is_untouched:
        raise EnvironmentFailure(
            f"{path} was edited, or not written by cpreport: it is left as it is; use --overwrite to replace it"
        )


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file in one step: whatever fails, an existing one stays as it was and nothing half-written is left.

    Raises EnvironmentFailure.
    """
    partial = path.with_name(f".{path.stem[:40]}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            raise EnvironmentFailure(f"{path} is no file that a report could replace")
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise EnvironmentFailure(f"{path} cannot be written: {error.strerror or error}") from error
