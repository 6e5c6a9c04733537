"""Adds files to a folder: what is there is kept, and either all that is missing is added or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from cpreport.model.errors import EnvironmentFailure, UsageError
from cpreport.office.files import half_written, remove_leftovers

_NARRATIVES = "narrative"


class Added(NamedTuple):
    """The files that were added to a folder, and those that were there and are kept, by their paths in it.

    A period's folder of narratives is added or kept as a whole: an example beside somebody's texts would be printed.
    """

    added: tuple[str, ...]
    kept: tuple[str, ...]


def add_missing(folder: Path, write: Callable[[Path], object], replaced: Collection[str] = ()) -> Added:
    """Has an empty folder filled by `write`, and moves what `folder` lacks of it there; a new folder gets all of it.

    `replaced` are files that are written anew where they differ.

    Raises UsageError if `folder` is not a folder, EnvironmentFailure where the system fails, and what `write` raises;
    in all cases nothing is left behind. An existing folder may be the current one: it stays, and is written inside.
    """
    is_there = os.path.lexists(folder)
    if is_there and not folder.is_dir():
        raise UsageError(f"{folder} is not a folder: give the name of a folder, or of a new one")
    staging = half_written(folder / "starter" if is_there else folder)
    try:
        staging.mkdir()
        remove_leftovers(beside=staging)
        write(staging)
        found = {path.relative_to(staging).as_posix(): path for path in sorted(_pieces(staging))}
        missing = [name for name, path in found.items() if _is_missing(folder / name, path, name in replaced)]
        if is_there:
            _move({path: folder / name for name, path in found.items() if name in missing})
        else:
            staging.rename(folder)
    except OSError as error:
        raise EnvironmentFailure(f"{folder} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Added(tuple(missing), tuple(name for name in found if name not in missing))


def _pieces(folder: Path) -> Iterator[Path]:
    """The files in a folder, and the folders of narratives."""
    yield from folder.glob(f"{_NARRATIVES}/*")
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).parts[0] != _NARRATIVES:
            yield path


def _is_missing(place: Path, path: Path, is_replaced: bool) -> bool:
    """Whether a place lacks what was written for it."""
    if not os.path.lexists(place):
        return True
    return is_replaced and place.is_file() and place.read_bytes() != path.read_bytes()


def _move(places: dict[Path, Path]) -> None:
    """Moves each file or folder to its place; if one cannot be moved, none is, and what was replaced is as before."""
    made: list[Path] = []
    undo: list[tuple[Path, Path]] = []
    try:
        for path, place in places.items():
            for parent in [each for each in reversed(place.parents) if not each.exists()]:
                parent.mkdir()
                made.append(parent)
            if place.exists():
                before = half_written(path)
                shutil.copy2(place, before)
                undo.append((before, place))
            else:
                undo.append((place, path))
            path.replace(place)
    except BaseException:
        for now, then in reversed(undo):
            if now.exists():
                now.replace(then)
        for parent in reversed(made):
            parent.rmdir()
        raise
