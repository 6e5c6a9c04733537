"""What all tables of the two TOML files have in common: forbidden keys, names, lines, references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from cpreport.model.indicator import Part, Source


def _printable(text: str) -> str:
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise ValueError("control characters and line breaks are not allowed")
    return text


def _trimmed(text: str) -> str:
    if text != text.replace("\u00a0", " ").strip():
        raise ValueError("spaces before and after it are not allowed")
    return text


def _one_part(text: str) -> str:
    if "--" in text:
        raise ValueError("-- is not allowed: it stands between a section's id and an author's name")
    return text


def _reference(text: str) -> str:
    name, slash, part = text.rpartition("/")
    if slash and (not name or part not in [known.value for known in Part]):
        raise ValueError("write a series' id, or an indicator's id with /numerator, /denominator or /value")
    return text


Value = TypeVar("Value")
Line = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Name = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[^/]*$"), AfterValidator(_printable), AfterValidator(_trimmed)
]
FileName = Annotated[Name, Field(pattern=r"^[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*$"), AfterValidator(_one_part)]
Reference = Annotated[str, Field(min_length=1), AfterValidator(_reference)]


class Definition(BaseModel):
    """A table of a TOML file. Unknown keys are mistakes; a type is never guessed from another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    def wrong(self) -> Iterator[str]:
        """Why its keys do not fit each other; only the first reason is told."""
        yield from ()

    def named(self) -> Iterator[tuple[str, str]]:
        """Its keys with the figures they name, what it is about first."""
        yield from ()

    def made(self, kind: type[Value], **others: Any) -> Value:
        """A value of the model from the keys that are its fields too, lists as tuples; `others` win over them."""
        names = kind.__annotations__.keys() & type(self).model_fields.keys()
        given = {name: value for name in names if (value := getattr(self, name)) is not None}
        made = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
        return kind(**{**made, **others})

    @model_validator(mode="after")
    def _keys_fit_each_other(self) -> Self:
        for reason in self.wrong():
            raise ValueError(reason)
        return self


def source(text: str) -> Source:
    """The entries that `series` or `indicator/part` names; a bare name stands for its value."""
    name, _, part = text.rpartition("/")
    return Source(name, Part(part)) if name else Source(text, Part.VALUE)
