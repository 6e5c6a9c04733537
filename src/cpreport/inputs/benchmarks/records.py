"""CSV files as records, each with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple


class Record(NamedTuple):
    """The values of a record; `line` is the one where it begins, from 1."""

    line: int
    values: tuple[str, ...]


class NotCsv(ValueError):
    """A text that is not in the form of a CSV file from a `line` on."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def records_in(text: str) -> Iterator[Record]:
    """The records of a text with line feeds only, without blank lines. Raises NotCsv."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for values in reader:
            if values:
                yield Record(line, tuple(values))
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsv(line, str(error)) from error
