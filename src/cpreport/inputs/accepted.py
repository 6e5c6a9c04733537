"""The file in which people accept sentences that the checks doubt: who, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from cpreport.inputs.texts import is_there, read_text
from cpreport.model.finding import Finding, Place, Quote
from cpreport.model.rules import quoted as rules
from cpreport.model.workbook import ACCEPTED, Acceptance

_COLUMNS = ("sentence", "figure", "name", "reason")


def read_accepted(folder: Path) -> tuple[tuple[Acceptance, ...], list[Finding]]:
    """The acceptances beside a period's narratives; none where there is no such file.

    A row that lacks something is a finding, and accepts nothing.
    """
    path = folder / ACCEPTED
    if not is_there(path):
        return (), []
    text, findings = read_text(path)
    rows = list(_rows(text))
    header = [name.strip().lower() for name in rows[0][1]] if rows else []
    if missing := [name for name in _COLUMNS if name not in header]:
        wanted = {"missing": ", ".join(missing), "columns": ", ".join(_COLUMNS)}
        return (), [*findings, rules.ACCEPTED_COLUMNS.at(Place(file=path.name, line=1), **wanted)]
    accepted: list[Acceptance] = []
    for line, row in rows[1:]:
        given = {name: text.strip() for name, text in zip(header, row, strict=False)}
        place = Place(file=path.name, line=line)
        if lacking := [name for name in _COLUMNS if not given.get(name)]:
            findings.append(rules.ACCEPTED_INCOMPLETE.at(place, lacking=" and no ".join(lacking)))
        else:
            quote = Quote(given["sentence"], given["figure"])
            accepted.append(Acceptance(quote, given["name"], given["reason"], place))
    return tuple(accepted), findings


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its line; Excel separates by semicolons in some countries."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    lines: Iterable[str] = text.splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=delimiter)
    start = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield start, row
        start = reader.line_num + 1
