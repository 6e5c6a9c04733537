"""Audit files as pydantic models: every key and what it holds. They are untrusted, as all inputs are."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from importlib.metadata import version as installed
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from cpreport.inputs.definitions.definitions import NEEDED, Definition, reason_of
from cpreport.inputs.texts import control_character, is_there, read_bytes
from cpreport.model.audit import (
    KEYS_OF_EVERY_VERSION,
    Audit,
    AuditedFigure,
    AuditedFinding,
    AuditedIndicator,
    AuditedInput,
    AuditedText,
)
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.rules import audit as rules

LARGEST = 20 * 2**20
"""How many bytes an audit file may have; that of a report with 25 charts has some hundred thousand."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def _printable(text: str) -> str:
    if found := control_character(text):
        raise ValueError(f"the control character U+{found[1]:04X} is not allowed")
    return text


Words = Annotated[str, AfterValidator(_printable)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Exact = Annotated[str, Field(pattern="^-?[0-9]+(/[1-9][0-9]*)?$", max_length=4_000)]


class _Audited(Definition):
    """A table of an audit file."""

    def to_model(self, **others: Any) -> Any:
        """Its `model_class`; what is null there is None, whether the class has a default or not."""
        return super().to_model(**{key: value for key, value in self if value is None}, **others)


class AuditedInputTable(_Audited):
    model_class = AuditedInput

    path: Words = Field(description="seen from the document; begins with `packaged: ` where it comes with cpreport")
    sha256: Digest = Field(description="SHA-256 of its content")
    note: Words = ""


class AuditedIndicatorTable(_Audited):
    model_class = AuditedIndicator

    id: Words
    title: Words
    definition: dict[Words, Words] = Field(description="its keys in indicators.toml that are not at their defaults")
    newest: Words = Field("", description="the period of its newest figure, which the next three are about")
    direction: Words = Field("", description="up, down, same, or empty where the report prints none")
    target: Words = ""
    status: Words = Field("", description="the canonical word")


class AuditedFigureTable(_Audited):
    model_class = AuditedFigure

    section: Words = Field(description="the id of the section that prints it")
    subject: Words = Field(description="the id of its indicator or breakdown; empty for what counts several")
    title: Words
    text: Words = Field(description="what is printed")
    value: Exact | None = Field(description="exact and in the printed unit, such as 8300/617; null where there is none")
    state: Words = Field(description="present, or why there is no value")
    period: Words = ""
    comparator: Words = Field("", description="whose it is, if it is not ours")
    category: Words = ""
    what: Words = Field("", description="such as numerator, target or mean; empty for the figure itself")
    formula: Words = Field("", description="how it was computed, with its numbers")
    cells: list[Words] = Field([], description="where its numbers stand, such as Data!N4")
    direction: Words = ""
    target: Words = ""
    status: Words = ""
    judgement: Words = ""
    rules: list[Words] = Field([], description="the codes of findings about it")

    converters: ClassVar = {"value": Fraction}


class AuditedTextTable(_Audited):
    model_class = AuditedText

    section: Words
    slot: Words
    title: Words
    sha256: Digest = Field(description="SHA-256 of its words as they are printed")


class AuditedFindingTable(_Audited):
    model_class = AuditedFinding

    severity: Words
    code: Words
    message: Words
    file: Words = ""
    place: Words = ""
    indicator: Words = ""
    period: Words = ""
    section: Words = ""
    decided: Words = Field("", description="why it was not reported, and by whom; empty for one that was")


class AuditFile(_Audited):
    """What a report was made from and what it prints: written by `cpreport build` beside the report."""

    model_class = Audit

    version: Words = Field(description="of cpreport")
    title: Words
    authority: Words
    period: Words = Field(description="the reporting period")
    data_as_at: date | None
    place: Words = Field(description="where the report folder is, seen from the workbook")
    workbook: Words = Field(description="the path of the workbook, one of the inputs")
    is_draft: bool
    options: dict[Words, Words] = Field(description="those of the command line that change what the report says")
    inputs: list[AuditedInputTable]
    indicators: list[AuditedIndicatorTable]
    figures: list[AuditedFigureTable]
    texts: list[AuditedTextTable]
    findings: list[AuditedFindingTable]


def read_audit(path: Path) -> Audit:
    """An audit file's content, which is an input of this run.

    Raises InputError where it is not an audit file, is damaged or too large, or of a newer cpreport that writes what
    this one cannot read; EnvironmentFailure where the system cannot read it.
    """
    _refuse_large(path)
    return audit_in(read_bytes(path), path.name)


def peek_audit(path: Path) -> Audit:
    """An audit file's content, to see whether it is one to read. Raises as `read_audit` does."""
    _refuse_large(path)
    try:
        return audit_in(path.read_bytes(), path.name)
    except OSError as error:
        raise EnvironmentFailure(f"{path} cannot be read: {error.strerror or error}") from error


def _refuse_large(path: Path) -> None:
    if is_there(path) and (size := path.stat().st_size) > LARGEST:
        reason = f"it has {size // 2**20:,} MiB; an audit file has at most {LARGEST // 2**20}"
        raise InputError(rules.DAMAGED.at(Place(file=path.name), reason=reason))


def audit_in(content: bytes, name: str) -> Audit:
    """The content of an audit file of that name. Raises InputError as `read_audit` does."""
    content = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        audit: Audit = AuditFile.model_validate_json(content).to_model()
    except ValidationError as error:
        raise InputError(_mistake(error.errors(include_url=False)[0], content, Place(file=name))) from error
    return audit


def _mistake(details: Any, content: bytes, place: Place) -> Finding:
    """What is wrong with a file that cannot be read, from pydantic's first error."""
    if content.lstrip()[:1] != b"{":
        return rules.NOT_AN_AUDIT_FILE.at(place)
    if details["type"] == "json_invalid":
        return rules.DAMAGED.at(place, reason=str(details["msg"]).replace("Invalid JSON: ", "it is not valid JSON: "))
    stated: dict[str, object] = TypeAdapter(dict[str, object]).validate_json(content)
    if not stated.keys() >= KEYS_OF_EVERY_VERSION:
        return rules.NOT_AN_AUDIT_FILE.at(place)
    own, version = installed("cpreport"), stated["version"]
    if isinstance(version, str) and _numbers(version) > _numbers(own):
        return rules.NEWER.at(place, version=version, own=own)
    return rules.DAMAGED.at(place, reason=_reason(details))


def _reason(details: Any) -> str:
    """`figures, number 3, value: it must be a text in double quotes`."""
    where = ", ".join(f"number {part + 1}" if isinstance(part, int) else str(part) for part in details["loc"])
    known = {"missing": "it is missing", "extra_forbidden": "there is no such key"}
    return f"{where}: {known.get(details['type']) or reason_of(details, NEEDED)}"


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall("[0-9]{1,9}", version)]
