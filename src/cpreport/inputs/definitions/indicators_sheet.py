"""The columns of the Indicators sheet, one for each key of [[indicators]]: what stands in its cells, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from cpreport.inputs.definitions.definitions import Definition
from cpreport.inputs.definitions.indicators_file import (
    BaselineDefinition,
    ChangeDefinition,
    IndicatorDefinition,
    SeriesDefinition,
    TargetDefinition,
    TargetNumber,
)
from cpreport.inputs.workbook.about import ANSWERS, typed_day
from cpreport.inputs.workbook.cells.values import CellValue, Trait
from cpreport.inputs.workbook.meaning import Problem, text_of, whole_day
from cpreport.inputs.workbook.scorecard.words import polarity_of
from cpreport.model.indicator import Tolerance

Cell = str | int | float | bool | date | None
"""What can be written into a cell; None leaves it blank."""

SECTION, NOTE, SERIES = "section", "note", "series"
"""The columns that are no key of an indicator, and the measure of a row that is a series."""

_HEADERS = {"title": "Indicator", "polarity": "Good is"}
_FIRST = (
    *(SECTION, "reference", "title", "measure", "per", "polarity", "decimals", "shows", "numerator", "denominator"),
    *("frequency", "target", "tolerance", "kind", "lag", "rolling", "owner", "from", "until", NOTE),
)
"""The keys whose columns come first; the others follow in the order of the model."""

_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "measure": {"percentage": ("percentage", "%", "per cent"), SERIES: (SERIES,)},
    "polarity": {"high": ("higher",), "low": ("lower",), "none": ("neither",)},
    "frequency": {
        "month": ("month", "monthly"),
        "quarter": ("quarter", "quarterly"),
        "term": ("term", "termly"),
        "year": ("year", "yearly", "annual"),
    },
}
"""The words for a key's values, where they are not the values themselves; the first is the one that is written."""

_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,15})?")
_DATED = re.compile(r"(from|by)\s+([^:]+?)\s*:\s*(.+)", re.IGNORECASE)
_CHANGED = re.compile(r"([^:;]+?)\s*(\(not comparable\))?\s*:\s*(.+)", re.IGNORECASE)
_DAY = r"[0-9]{1,4}[-/. ](?:[0-9]{1,2}|[A-Za-z]+)[-/. ][0-9]{1,4}"
_NEXT_CHANGE = re.compile(rf"\s*[;\n]\s*(?={_DAY}\s*(?:\(not comparable\))?\s*:)", re.IGNORECASE)


class Content(NamedTuple):
    """What a column's cells hold. `read` gives what the TOML key would hold, `write` is its inverse.

    A cell that cannot be read stays as it is, for the model to refuse, or raises ValueError. `form` says how it is
    written, `words` are the choices, if there are only some.
    """

    form: str
    read: Callable[[CellValue, Trait | None], object]
    write: Callable[[Any], Cell]
    words: tuple[str, ...] = ()


class Column(NamedTuple):
    """A column by its header; `key` is that of TOML, or one of `SECTION` and `NOTE`."""

    header: str
    key: str
    content: Content
    description: str = ""

    @property
    def is_of_names(self) -> bool:
        """Whether its cells name indicators: Excel must not have made a number of a name."""
        return self.key in ("reference", "title", "numerator", "denominator", "formerly")


def cell_of(key: str, value: Any) -> Cell:
    """What stands in a cell for the value of a TOML key; None for no value."""
    return None if value is None else BY_KEY[key].content.write(value)


def _text(value: CellValue, _: Trait | None = None) -> str:
    """A text on one line."""
    return re.sub(r"\s*\n\s*", " ", text_of(value))


def _number(value: CellValue, trait: Trait | None = None) -> object:
    """A number, `95%` where its cell has percent format, or the text that is none."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if trait is not None and trait & Trait.PERCENT:
            return f"{value * 100:.15g}%"
        number = float(f"{value:.15g}")
        return int(number) if number.is_integer() else number
    text = text_of(value)
    return _number(float(text.replace(",", ""))) if _NUMBER.fullmatch(text) else text


def _written_number(value: str | float) -> str:
    return f"{value:.15f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _day(value: CellValue, _: Trait | None = None) -> object:
    if not isinstance(value, date):
        return typed_day(text_of(value)) or (value if isinstance(value, int | float) else text_of(value))
    day = whole_day(value)
    if isinstance(day, Problem):
        raise ValueError("it has a time of day; it must be a date")
    return day


def _day_in(text: str, part: str, form: str) -> date:
    day = typed_day(text.strip())
    if day is None:
        raise ValueError(f"{part!r} must be written like {form}")
    return day


def _answer(value: CellValue, _: Trait | None = None) -> object:
    return ANSWERS.get(text_of(value).lower(), text_of(value))


def _word(values: Mapping[str, str], value: CellValue, _: Trait | None = None) -> str:
    return values.get(_plain(text_of(value)), text_of(value))


def _polarity(value: CellValue, _: Trait | None = None) -> str:
    said = polarity_of(text_of(value))
    return said.value if said else text_of(value)


def _plain(word: str) -> str:
    """A word as it is compared: in any case, with spaces or hyphens."""
    return " ".join(re.sub("[-_]", " ", word).split()).casefold()


def _parts(value: CellValue, trait: Trait | None = None) -> list[str]:
    """The texts in a cell that are set apart by semicolons or lines."""
    whole = text_of(value) if isinstance(value, str) else _number(value, trait)
    text = _written_number(whole) if isinstance(whole, int | float) else str(whole)
    return [part for part in re.split(r"\s*[;\n]\s*", text) if part]


def _numbers(value: CellValue, trait: Trait | None = None) -> list[object]:
    return [_number(part) for part in _parts(value, trait)]


def _targets(value: CellValue, trait: Trait | None = None) -> list[dict[str, object]]:
    form = "from 2023-04-01: 60, or by 2024-03-31: 60"
    found: list[dict[str, object]] = []
    for part in _parts(value, trait):
        dated = _DATED.fullmatch(part)
        if dated is None and ":" in part:
            raise ValueError(f"{part!r} must be written like {form}")
        when = {dated[1].lower(): _day_in(dated[2], part, form)} if dated else {}
        found.append({**when, "value": _number(dated[3] if dated else part)})
    return found


def _written_target(target: Mapping[str, Any]) -> str:
    dates = [f"{name} {target[name].isoformat()}: " for name in ("from", "by") if target.get(name)]
    return "".join(dates) + _written_number(target["value"])


def _baseline(value: CellValue, _: Trait | None = None) -> dict[str, object]:
    period, sign, number = text_of(value).rpartition(":")
    if not sign:
        raise ValueError("it must be written as a period and its figure: Nov 17: 60")
    return {"period": period.strip(), "value": _number(number.strip())}


def _changes(value: CellValue, _: Trait | None = None) -> list[dict[str, object]]:
    form = "2023-04-01: what changed"
    found: list[dict[str, object]] = []
    for part in _NEXT_CHANGE.split(text_of(value)):
        change = _CHANGED.fullmatch(_text(part))
        day = _day_in(change[1] if change else "", part, form)
        found.append({"date": day, "note": change[3] if change else ""})
        if change and change[2]:
            found[-1]["comparable"] = False
    return found


def _written_change(change: Mapping[str, Any]) -> str:
    break_ = "" if change.get("comparable", True) else " (not comparable)"
    return f"{change['date'].isoformat()}{break_}: {change['note']}"


def _joined(write: Callable[[Any], str], values: list[Any]) -> str:
    return "; ".join(map(write, values))


_TEXT = Content("a text", _text, str)
_AMOUNT = Content("a number, or 95%", _number, lambda value: value)
_CONTENTS: Mapping[Any, Content] = {
    str: _TEXT,
    int: Content("a whole number", _number, int),
    bool: Content("yes or no", _answer, lambda value: "yes" if value else "no", ("yes", "no")),
    date: Content("a date", _day, lambda value: value),
    TargetNumber: _AMOUNT,
    Tolerance: Content("5 points, 10% or 0", _number, lambda value: value),
    BaselineDefinition: Content(
        "a period and its figure: Nov 17: 60",
        _baseline,
        lambda value: f"{value['period']}: {_written_number(value['value'])}",
    ),
}
_LISTS: Mapping[Any, Content] = {
    str: Content("texts with semicolons between them", _parts, partial(_joined, str)),
    TargetNumber: Content(
        "numbers with semicolons between them: 10; 20; 30", _numbers, partial(_joined, _written_number)
    ),
    TargetDefinition: Content(
        "from 2023-04-01: 60; from 2024-04-01: 58, or by for milestones", _targets, partial(_joined, _written_target)
    ),
    ChangeDefinition: Content(
        "2023-04-01: what changed; 2024-04-01 (not comparable): what changed",
        _changes,
        partial(_joined, _written_change),
    ),
}
"""What a key's cells hold, by its type in the model; the same for keys that are lists."""


def _content(key: str, annotation: Any) -> Content:
    """What the cells of a key hold."""
    parts = [each for each in get_args(annotation) if each is not NoneType]
    if get_origin(annotation) in (Union, UnionType, Annotated):
        return _content(key, parts[0])
    if get_origin(annotation) is Literal:
        choice = _choice({**{value: (value,) for value in parts}, **_WORDS.get(key, {})})
        return choice._replace(read=_polarity) if key == "polarity" else choice
    return _LISTS[_bare(parts[0])] if get_origin(annotation) is list else _CONTENTS[annotation]


def _bare(annotation: Any) -> Any:
    return get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation


def _choice(words: Mapping[str, tuple[str, ...]]) -> Content:
    values = {_plain(word): value for value, known in words.items() for word in known}
    written = {value: known[0] for value, known in words.items()}
    return Content(", ".join(written.values()), partial(_word, values), written.__getitem__, tuple(written.values()))


def header_of(key: str) -> str:
    """`Target decimals` for target_decimals."""
    return _HEADERS.get(key) or key.replace("_", " ").capitalize()


def _keys(model: type[Definition]) -> dict[str, Column]:
    fields = {field.alias or name: (name, field) for name, field in model.model_fields.items()}
    return {
        key: Column(header_of(key), key, _content(name, field.annotation), field.description or "")
        for key, (name, field) in fields.items()
        if key != "id"
    }


def _columns() -> tuple[Column, ...]:
    found = {
        SECTION: Column("Section", SECTION, _TEXT, "the section's title; blank: that of the row above"),
        NOTE: Column("Note", NOTE, _TEXT, "for yourself: it is never printed"),
        **_keys(SeriesDefinition),
        **_keys(IndicatorDefinition),
    }
    carry = found.pop("carry")
    found["carry"] = carry._replace(description=f"series only: {carry.description}")
    return tuple(found[key] for key in dict.fromkeys((*_FIRST, *found)))


COLUMNS = _columns()
"""All columns, in the order in which they are written."""

BY_KEY = {column.key: column for column in COLUMNS}
BY_HEADER = {column.header.lower(): column for column in COLUMNS}
