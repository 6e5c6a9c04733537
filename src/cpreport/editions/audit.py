"""The audit file: what a report was made from and what it prints, as JSON that a person can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from fractions import Fraction
from typing import Any

from cpreport.model.audit import KEYS_OF_EVERY_VERSION, Audit
from cpreport.model.document import Cover
from cpreport.office.digests import origin_digest

_WIDTH = 114
"""How many characters a line of a record holds unless a single field is longer; it stands six to the right."""

_INDENT = "  "


def audit_file(audit: Audit) -> bytes:
    """UTF-8, the same bytes every time: the keys are the fields' names, in their order.

    A fraction is a text such as `83/617`, a day one such as `2023-07-31`. Of what stands in a list a field is left out
    where it has its default; the fields of the whole are always there.
    """
    items = (_item(each.name, _whole(getattr(audit, each.name))) for each in fields(audit))
    return f"{_enclosed('{}', items, '')}\n".encode(errors="backslashreplace")


def origin_of_audit(content: bytes) -> str | None:
    """The `origin_digest` of an audit file, of whatever version of cpreport; None of any other file."""
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not (isinstance(read, dict) and read.keys() >= KEYS_OF_EVERY_VERSION):
        return None
    place, title, authority = (str(read.get(name, "")) for name in ("place", "title", "authority"))
    return origin_digest(place, Cover(title, authority))


def _whole(value: object) -> str:
    """The value of a field of the whole: what is in a list or has keys has lines of its own."""
    if isinstance(value, Mapping):
        return _enclosed("{}", (_item(name, _inline(each)) for name, each in value.items()), _INDENT)
    if isinstance(value, tuple):
        return _enclosed("[]", map(_record, value), _INDENT)
    return _inline(value)


def _record(record: Any) -> str:
    """A record on as few lines as it fits on."""
    defaults = record._field_defaults
    given = (
        (name, value) for name, value in record._asdict().items() if name not in defaults or value != defaults[name]
    )
    return _enclosed("{}", _filled(_item(name, _inline(value)) for name, value in given), 2 * _INDENT)


def _filled(items: Iterable[str]) -> Iterator[str]:
    line = ""
    for item in items:
        if line and len(line) + len(item) + len(", ,") > _WIDTH:
            yield line
            line = item
        else:
            line = f"{line}, {item}" if line else item
    yield line


def _enclosed(signs: str, lines: Iterable[str], indent: str) -> str:
    joined = f",\n{indent}{_INDENT}".join(lines)
    return f"{signs[0]}\n{indent}{_INDENT}{joined}\n{indent}{signs[1]}" if joined else signs


def _item(name: str, value: str) -> str:
    return f"{_inline(name)}: {value}"


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    raise TypeError(f"{value!r} has no text in an audit file")


_inline = json.JSONEncoder(ensure_ascii=False, default=_text).encode
"""A value on one line."""
