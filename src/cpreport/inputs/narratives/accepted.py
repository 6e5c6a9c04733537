"""The files in which people accept sentences that the checks doubt: who, and why."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from cpreport.inputs.texts import UTF_16_MARKS, is_there, read_bytes, read_text
from cpreport.model.finding import Finding, Place
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import NotAPeriod, parse_period
from cpreport.model.rules import quoted as rules
from cpreport.model.rules.workbook import WINDOWS_1252
from cpreport.model.workbook import BETWEEN_FIGURES, Acceptance
from cpreport.office.foreign import OLE2, SIGNATURES, ZIP

_FILE = "accepted.csv"
_COLUMNS = ("sentence", "figure", "name", "reason")
_SIGNS = {",": "comma", ";": "semicolon", "\t": "tab"}
_TOO_LONG = "has a cell that does not end, perhaps for want of a quote: it cannot be read, nor can what follows it"
_SEPARATOR = re.compile(r'"?sep=([,;\t])"?[ ,;]*(?:\n|\Z)', re.IGNORECASE)


def read_all_accepted(
    beside: Path, texts: Path, period: Period, terms: Terms
) -> tuple[tuple[Acceptance, ...], list[Finding]]:
    """The acceptances beside a workbook, those beside a period's narratives, and those beside earlier ones'.

    `texts` is the folder of the period's narratives; others are beside it if it is named after the period. What is
    wrong with their acceptances is no concern of this period.
    """
    own = [read_accepted(folder) for folder in dict.fromkeys((beside, texts))]
    accepted = [each for read, _ in own for each in read]
    for folder in _earlier(texts, period, terms):
        accepted += (replace(each, is_earlier=True) for each in read_accepted(folder)[0])
    return tuple(accepted), [finding for _, found in own for finding in found]


def _earlier(texts: Path, period: Period, terms: Terms) -> list[Path]:
    """The folders of earlier periods' narratives, the newest first."""
    found: list[tuple[Period, Path]] = []
    for folder in texts.parent.iterdir() if texts.name == period.slug and is_there(texts.parent) else ():
        with suppress(NotAPeriod):
            then = parse_period(folder.name, terms)
            found += [(then, folder)] if then.kind is period.kind and then < period else []
    return [folder for _, folder in sorted(found, reverse=True)]


def read_accepted(folder: Path) -> tuple[tuple[Acceptance, ...], list[Finding]]:
    """The acceptances in a folder; none where there is no file of them.

    A row that lacks something, or has more cells than the first, is a finding and has no effect.
    """
    path = folder / _FILE
    if not is_there(path):
        return (), []
    if kind := _no_text(read_bytes(path)):
        return (), [rules.ACCEPTED_NO_TEXT.at(Place(file=path.name), file=path.name, kind=kind)]
    text, found = read_text(path)
    findings = [finding for finding in found if finding.rule is not WINDOWS_1252]
    delimiter, rows = _rows(text)
    (line, first), *others = rows or [(1, [])]
    header = [name.strip().lower() for name in first]
    place = Place(file=path.name, line=line)
    if missing := [name for name in _COLUMNS if name not in header]:
        return (), [*findings, rules.ACCEPTED_COLUMNS.at(place, missing=missing, columns=_COLUMNS)]
    accepted: list[Acceptance] = []
    for line, row in others:
        given = {name: text.strip() for name, text in zip(header, row, strict=False)}
        place = replace(place, line=line)
        if mistake := _mistake(given, row[len(header) :], delimiter) if row else _TOO_LONG:
            findings.append(rules.ACCEPTED_INCOMPLETE.at(place, mistake=mistake))
        else:
            figures = dict.fromkeys((given["figure"], *given["figure"].split(BETWEEN_FIGURES)))
            accepted.append(Acceptance(given["sentence"], tuple(figures), given["name"], given["reason"], place))
    return tuple(accepted), findings


def _no_text(content: bytes) -> str:
    """What a file is that is not text; empty if it is text."""
    signed = {**dict.fromkeys((*ZIP, OLE2), "a workbook, or another file of Office"), **SIGNATURES}
    is_text = b"\0" not in content or content[:2] in UTF_16_MARKS
    found = (kind for signature, kind in signed.items() if content.startswith(signature))
    return next(found, "" if is_text else "not a text file")


def _mistake(given: Mapping[str, str], more: Iterable[str], delimiter: str) -> str:
    """What is wrong with a row; `more` are the cells that it has beyond the columns."""
    if any(cell.strip() for cell in more):
        sign = _SIGNS[delimiter]
        return f"has more cells than the first line: a figure or sentence with a {sign} in it needs quotes around it"
    lacking = [name for name in _COLUMNS if not given.get(name)]
    return f"has no {' and no '.join(lacking)}" if lacking else ""


def _rows(text: str) -> tuple[str, list[tuple[int, list[str]]]]:
    """What separates cells, and the rows that are not blank, each with its line; a last empty one cannot be read.

    Excel separates by semicolons in some countries, and takes a first line such as `sep=;` for what says so.
    """
    separator = _SEPARATOR.match(text)
    delimiter = separator[1] if separator else max(_SIGNS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row) and not (separator and start == 1):
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error:
        rows.append((start, []))
    return delimiter, rows
