"""The workbooks in a folder by the periods that their names say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cpreport.inputs.texts import NEVER_AN_INPUT
from cpreport.model.errors import EnvironmentFailure
from cpreport.model.period import Kind, Period, Terms
from cpreport.model.period_text import period_in_name
from cpreport.office.package import is_marked_copy

_WORKBOOKS = (".xlsx", ".xlsm")


def workbooks_in(folder: Path) -> list[Path]:
    """The workbooks in a folder, by name. Raises EnvironmentFailure."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentFailure(f"the folder {folder} cannot be listed: {error.strerror or error}") from error
    return [path for path in paths if _is_workbook(path)]


def by_period(paths: Iterable[Path], kind: Kind, terms: Terms) -> dict[Period, list[Path]]:
    """The workbooks whose names say a period of a kind."""
    found: dict[Period, list[Path]] = {}
    for path in dict.fromkeys(paths):
        said = period_in_name(path.stem, terms)
        if said and said.kind is kind:
            found.setdefault(said, []).append(path)
    return found


def newest_named(folder: Path, until: Period, terms: Terms) -> tuple[Period, list[Path]] | None:
    """The newest period up to `until`, of its kind, that names of workbooks in a folder say; with these workbooks.

    None where no name says one. Raises EnvironmentFailure.
    """
    found = by_period(workbooks_in(folder), until.kind, terms)
    return max(((said, paths) for said, paths in found.items() if said <= until), default=None)


def _is_workbook(path: Path) -> bool:
    is_one = path.suffix.lower() in _WORKBOOKS and not NEVER_AN_INPUT.search(path.name)
    return is_one and not is_marked_copy(path)
