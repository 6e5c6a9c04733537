"""What all tables of the two TOML files have in common: forbidden keys, names, lines, references."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

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


Line = Annotated[str, Field(min_length=1), AfterValidator(_printable)]
Name = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[^/]*$"), AfterValidator(_printable), AfterValidator(_trimmed)
]
FileName = Annotated[Name, Field(pattern=r"^[^/\\:*?\"<>|.~][^/\\:*?\"<>|]*$"), AfterValidator(_one_part)]
Reference = Annotated[str, Field(min_length=1), AfterValidator(_reference)]


class Definition(BaseModel):
    """A table of a TOML file. Unknown keys are mistakes; a type is never guessed from another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


def source(text: str) -> Source:
    """The entries that `series` or `indicator/part` names; a bare name stands for its value."""
    name, _, part = text.rpartition("/")
    return Source(name, Part(part)) if name else Source(text, Part.VALUE)
