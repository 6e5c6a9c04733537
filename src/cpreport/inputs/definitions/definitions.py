"""The tables of the two TOML files: what they have in common, and pydantic's mistakes as findings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from cpreport.inputs.texts import read_text, visible
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Place, nearest
from cpreport.model.indicator import Part, Source
from cpreport.model.rules import definition as rules
from cpreport.model.rules.indicators import INVALID as IN_CELL

_UNQUOTED = re.compile(r"([\w-]+)\s*=\s*(-?[0-9.]+)\s*%")


def _refusing(pattern: str, reason: str) -> AfterValidator:

    def checked(text: str) -> str:
        if re.search(pattern, text):
            raise ValueError(reason)
        return text

    return AfterValidator(checked)


_PRINTABLE = _refusing(r"[\x00-\x1f\x7f]", "control characters and line breaks are not allowed")
_TRIMMED = _refusing(r"\A\s|\s\Z|\u00a0", "spaces before and after it are not allowed")
_ONE_PART = _refusing("--", "-- is not allowed: it separates a section's id from an author's name")
_REFERENCE = _refusing(
    rf"\A(?!(?:[^/]*|(?s:.+)/(?:{'|'.join(part.value for part in Part)}))\Z)",
    "write a series' id, or an indicator's id with /numerator, /denominator or /value",
)
Line = Annotated[str, Field(min_length=1), _PRINTABLE]
Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[^/]*$"), _PRINTABLE, _TRIMMED]
FileName = Annotated[Name, Field(pattern=r"^[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*$"), _ONE_PART]


class Named(str):
    """The entries that `series` or `indicator/part` names; a bare name stands for its value."""

    @property
    def has_part(self) -> bool:
        return "/" in self

    @property
    def source(self) -> Source:
        name, _, part = self.rpartition("/") if self.has_part else ("", "", "")
        return Source(name, Part(part)) if name else Source(str(self), Part.VALUE)


class Whole(Named):
    """A bare name that may have slashes."""

    @property
    def has_part(self) -> bool:
        return False


Reference = Annotated[str, Field(min_length=1), _REFERENCE, AfterValidator(Named)]


class Definition(BaseModel):
    """A table of a TOML file. Unknown keys are mistakes; types are not converted.

    `model_class` is its class in the model, `converters` give the values of some of its keys there.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)
    model_class: ClassVar[type[Any]]
    converters: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}

    def problems(self) -> Iterator[tuple[object, str]]:
        """Conditions that must be false for its keys, each with a reason; only the first true one is reported."""
        yield from ()

    def named(self) -> Iterator[tuple[str, Named]]:
        """Its keys with the figures they name, its own subject first."""
        for key, value in self:
            names = value if isinstance(value, list) else [value]
            yield from ((key, name) for name in names if isinstance(name, Named))

    def to_model(self, **others: Any) -> Any:
        """Its `model_class`, from the keys that are fields of that too, lists as tuples; `others` win over them."""
        names = self.model_class.__annotations__.keys() - others.keys()
        given = {key: self._to_model(key, value) for key, value in self if key in names and value is not None}
        return self.model_class(**given, **others)

    def _to_model(self, key: str, value: Any) -> Any:
        if isinstance(value, list):
            return tuple(self._to_model(key, each) for each in value)
        if isinstance(value, Definition):
            return value.to_model()
        if isinstance(value, Named):
            return value.source
        return self.converters[key](value) if key in self.converters else value

    @model_validator(mode="after")
    def _keys_fit_each_other(self) -> Self:
        for is_wrong, reason in self.problems():
            if is_wrong:
                raise ValueError(reason)
        return self


class Spot(NamedTuple):
    """Where a key of an entry is written, and what messages call the entry and the key."""

    place: Place
    entry: str
    key: str = ""


class Origin(Protocol):
    """What entries are read from: a TOML file, or a sheet."""

    def spot(self, table: str, entry: str, key: str = "", within: str = "") -> Spot:
        """Where an entry of a table has a key, perhaps within another key."""

    def in_file(self, name: str) -> Origin:
        """The same with another TOML file."""


class TomlFile(NamedTuple):
    name: str

    def in_file(self, name: str) -> Origin:
        return TomlFile(name)

    def spot(self, table: str, entry: str, key: str = "", within: str = "") -> Spot:
        more = f", {within}" if within else ""
        return Spot(Place(file=self.name), f"[[{table}]] {entry}{more}".rstrip(), key)


File = TypeVar("File", bound=Definition)


def read_toml(root: Path, name: str, file: type[File], warnings: list[Finding]) -> File:
    """A TOML file as its model; raises InputError with every mistake in it."""
    table = read_table(root, name, warnings)
    return validated(table, file, partial(toml_mistake, name, table, file))


def read_table(root: Path, name: str, warnings: list[Finding]) -> dict[str, Any]:
    """What stands in a TOML file; raises InputError where that is not TOML."""
    typed, found = read_text(root / name)
    text = visible(typed)
    warnings += found
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = _unreadable(error, text)
        raise InputError(rules.TOML_SYNTAX.at(Place(file=name), file=name, reason=reason)) from error


def validated(table: Mapping[str, Any], file: type[File], mistake: Callable[[Any], Finding]) -> File:
    """A table as its model; raises InputError with `mistake` of each of pydantic's errors."""
    try:
        return file.model_validate(table)
    except ValidationError as error:
        raise InputError(*dict.fromkeys(map(mistake, error.errors()))) from error


def _unreadable(error: ValueError | RecursionError, text: str) -> str:
    """Why a text cannot be read as TOML, and what to write where a percentage lacks its quotes."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if not isinstance(error, tomllib.TOMLDecodeError):
        return "it has a number with thousands of digits"
    line = re.search(r"at line ([0-9]+)", str(error))
    found = _UNQUOTED.search(text.split("\n")[int(line[1]) - 1]) if line else None
    return str(error) + (f': write {found[1]} = "{found[2]}%"' if found else "")


def toml_mistake(name: str, table: Mapping[str, Any], file: type[Definition], details: Any) -> Finding:
    """One of pydantic's errors as a finding: file, table, key and a suggestion."""
    *path, key = details["loc"] or ("",)
    if isinstance(key, int):
        path, key = [*path, key], ""
    where, place = _table_name(table, path), Place(file=name)
    if details["type"] == "extra_forbidden":
        return rules.UNKNOWN_KEY.at(place, table=where, key=key, nearest=nearest(str(key), _keys(file, path)))
    if details["type"] == "missing":
        return rules.MISSING_KEY.at(place, table=where, key=key)
    if details["type"] == "value_error" and isinstance(details["input"], dict):
        return rules.INVALID.at(place, wrong=_table_name(table, details["loc"]), reason=reason_of(details, NEEDED))
    return invalid(Spot(place, where, str(key)), details["input"], reason_of(details, NEEDED))


def invalid(at: Spot, value: object, reason: str) -> Finding:
    """The finding for a key, or for an entry of a list (no key), with an invalid value."""
    if at.place.sheet:
        verb = "" if at.key.endswith(" is") else " is"
        return IN_CELL.at(at.place, entry=at.entry, reason=f"{at.key}{verb} {_in_cell(value)}; {reason}")
    shown = f"{at.key} = {_shown(value)}" if at.key else _shown(value)
    return rules.INVALID.at(at.place, wrong=f"{at.entry}: {shown}", reason=reason)


NEEDED = {
    "string_type": "a text in double quotes",
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false, without quotes",
    "list_type": "a list in square brackets",
    "dict_type": "a table of keys",
    "model_type": "a table of keys",
    "date_type": "a date without quotes, such as 2023-04-01",
    "string_too_short": "a text that is not empty",
    "too_short": "at least {min_length} long",
}


def reason_of(details: Any, needed_by: Mapping[str, str]) -> str:
    """Why a value is invalid, in plain words where pydantic's are about Python: what it must be, by their types."""
    if needed := needed_by.get(details["type"]):
        return f"it must be {needed.format(**details.get('ctx', {}))}"
    return str(details["msg"]).removeprefix("Value error, ").replace("Input should be", "it must be")


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{…}"
    try:
        text = repr(value)
    except ValueError:
        return "a number with thousands of digits"
    return text if len(text) <= 60 else text[:57] + "…"


def _in_cell(value: object) -> str:
    """A value as it stands in a cell."""
    if isinstance(value, list):
        return repr("; ".join(map(str, value)))
    return ("yes" if value else "no") if isinstance(value, bool) else _shown(value)


def _table_name(table: Mapping[str, Any], path: Sequence[str | int]) -> str:
    """`[[indicators]] 4.02.01` for ("indicators", 3): the table's header and, where it has one, its id."""
    names = ".".join(part for part in path if isinstance(part, str))
    entry: Any = table
    for part in path:
        entry = entry[part] if isinstance(entry, dict | list) else None  # type: ignore[index]
    name = entry.get("id") if isinstance(entry, dict) else None
    number = next((f"number {part + 1}" for part in reversed(path) if isinstance(part, int)), "")
    return f"[[{names}]] {name or number}" if number else f"[{names}]" if names else "top level"


def _keys(model: type[Definition], path: Sequence[str | int]) -> list[str]:
    for part in path:
        if isinstance(part, str):
            annotation: Any = model.model_fields[part].annotation
            model = next((a for a in getattr(annotation, "__args__", ()) if hasattr(a, "model_fields")), annotation)
    return [field.alias or name for name, field in model.model_fields.items()]
