"""Our authority, its region and its statistical neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.benchmarks.explore import ExploreFile, read_table
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.peers import authority_key
from cpreport.model.rules import dfe as rules

_REQUIRED = ("old_la_code", "la_name", "region_name")
_NEIGHBOUR = re.compile(r"SN_[0-9]+")


class Authority(NamedTuple):
    """An authority by its three-digit code; `neighbours` are codes, none where nobody says which they are.

    `names` are those of all authorities that the file of neighbours has, after their codes.
    """

    code: str
    name: str
    region: str
    neighbours: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()


def read_neighbours(path: Path, authority: str) -> tuple[Authority | None, list[Finding]]:
    """Our authority as a file of statistical neighbours has it, found by its name or code.

    None where it is not in it, or the file is not such a one. Raises EnvironmentFailure where it cannot be read at all.
    """
    wanted = "a file of statistical neighbours"
    table, findings = read_table(path, (*_REQUIRED, "SN_1"), wanted)
    if table is None:
        return None, findings
    columns, rows = table
    code, name, region = (columns[column] for column in _REQUIRED)
    names = [(row.values[code], row.values[name]) for row in rows]
    matches = [row for row in rows if is_named(authority, row.values[code], row.values[name])]
    if len(matches) != 1:
        found = rules.UNKNOWN_AUTHORITY if not matches else rules.FILE
        texts = {"name": authority, "nearest": nearest(authority, [each for _, each in names])}
        reason = f"{authority} is there {len(matches)} times"
        return None, [*findings, found.at(Place(file=path.name), **texts, wanted=wanted, reason=reason)]
    (row,) = matches
    neighbours = [row.values[column] for each, column in columns.items() if _NEIGHBOUR.fullmatch(each)]
    codes = [each for each in neighbours if re.fullmatch(r"[0-9]{3}", each) and each != row.values[code]]
    if len({*codes}) < len(neighbours):
        reason = "the columns SN_1, SN_2 … must have the codes of different authorities"
        place = Place(file=path.name, line=row.line)
        return None, [*findings, rules.FILE.at(place, wanted=wanted, reason=reason)]
    own = Authority(row.values[code], row.values[name], row.values[region], tuple(codes), tuple(names))
    return own, findings


def find_authority(files: Sequence[ExploreFile], authority: str) -> tuple[Authority | None, list[Finding]]:
    """Our authority as the newest rows of data files have it, without neighbours."""
    names: list[str] = []
    for file in files:
        rows = sorted(file.of_authorities(), key=lambda row: file.text(row, "time_period"), reverse=True)
        for row in rows:
            code, name, region = (file.text(row, column) for column in _REQUIRED)
            if is_named(authority, code, name):
                return Authority(code, name, region), []
            names.append(name)
    place = Place(file=files[0].name if files else "")
    texts = {"name": authority, "nearest": nearest(authority, dict.fromkeys(names))}
    return None, [rules.UNKNOWN_AUTHORITY.at(place, **texts)]


def is_named(authority: str, code: str, name: str) -> bool:
    """Whether an authority is the one that somebody has named, by its code or by its name."""
    return authority.strip() == code or authority_key(authority) == authority_key(name)
