"""A PDF's objects as plain values, read one by one, within limits of time and memory.

A dictionary is a dict with names as keys (`/Lang`), a reference to another object a text (`12 0 R`), a name a text with
its slash. Whatever is in the file, what is asked for has the kind that was asked for, or is empty.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

MOST_STREAM = 32_000_000
"""Bytes that one stream may unpack to."""

MOST_CONTENT = 64_000_000
"""Bytes that all streams together may unpack to; what comes after is read as empty."""

MOST_ENTRIES = 10_000
MOST_REFERENCES = 8
"""How many references are followed that lead from one to the next."""

_REFERENCE = re.compile(r"([0-9]{1,9}) ([0-9]{1,5}) R")

_FAILURES = (pikepdf.PdfError, ValueError, OverflowError, RuntimeError, TypeError)
"""What a damaged object raises, in reading it or what it is in."""

Values = dict[str, Any]

logging.getLogger("pikepdf").addHandler(logging.NullHandler())


class Refused(Exception):
    """A file that cannot be read; `for_password` if it is only that nobody gave its password."""

    def __init__(self, for_password: bool) -> None:
        super().__init__()
        self.for_password = for_password


class Objects:
    """The objects of a file. Raises Refused where it cannot be read.

    `pages` are the references of its pages in their order, `information` its properties. `is_marked`: it says that it
    has tags.
    """

    def __init__(self, content: bytes) -> None:
        pikepdf.settings.set_qpdf_limits(
            doc_max_warnings=10_000,
            max_stream_filters=4,
            flate_max_memory=MOST_STREAM,
            png_max_memory=MOST_STREAM,
            run_length_max_memory=MOST_STREAM,
            tiff_max_memory=MOST_STREAM,
        )
        try:
            self._file = pikepdf.open(BytesIO(content))
            self.pages = ["{} {} R".format(*page.objgen) for page in self._file.pages]
            trailer = json.loads(self._file.trailer.to_json(dereference=True))
        except pikepdf.PasswordError as error:
            raise Refused(for_password=True) from error
        except (*_FAILURES, AttributeError) as error:
            raise Refused(for_password=False) from error
        self._known: dict[str, Any] = {}
        self._unpacked = 0
        self.root = self.dictionary(trailer.get("/Root"))
        self.information = self.dictionary(trailer.get("/Info"))
        self.may_be_read_aloud = self._file.allow.accessibility
        marks = self.dictionary(self.root.get("/MarkInfo"))
        self.is_marked = marks.get("/Marked") is True

    def value(self, value: Any) -> Any:
        """What a value is, or what it refers to."""
        for _ in range(MOST_REFERENCES):
            if not isinstance(value, str) or not value.endswith(" R"):
                return value
            if value not in self._known:
                self._known[value] = self._read(value)
            if value == self._known[value]:
                return value
            value = self._known[value]
        return None

    def _read(self, reference: str) -> Any:
        named = self._object(reference)
        try:
            return json.loads(named.to_json(dereference=True)) if isinstance(named, pikepdf.Object) else named
        except _FAILURES:
            return None

    def _object(self, reference: str) -> Any:
        """The object of a reference; the value itself if it is a text that only ends like one."""
        found = _REFERENCE.fullmatch(reference)
        try:
            return self._file.get_object(int(found[1]), int(found[2])) if found else reference
        except _FAILURES:
            return None

    def dictionary(self, value: Any) -> Values:
        found = self.value(value)
        return found if isinstance(found, dict) else {}

    def array(self, value: Any) -> list[Any]:
        """The first entries of an array; a single value is an array of one."""
        found = self.value(value)
        return found[:MOST_ENTRIES] if isinstance(found, list) else [] if found is None else [value]

    def text(self, value: Any) -> str:
        """A text string's words, without blanks around them."""
        found = self.value(value)
        return found[2:].strip() if isinstance(found, str) and found.startswith("u:") else ""

    def name(self, value: Any) -> str:
        """A name without its slash."""
        found = self.value(value)
        return found[1:] if isinstance(found, str) and found.startswith("/") else ""

    def stream(self, reference: Any) -> bytes:
        """What a stream holds, unpacked; empty if it is not a stream or cannot be unpacked."""
        named = self._object(reference) if isinstance(reference, str) else None
        if not isinstance(named, pikepdf.Stream) or self._unpacked > MOST_CONTENT:
            return b""
        try:
            content = named.read_bytes()
        except _FAILURES:
            self._unpacked += MOST_STREAM
            return b""
        self._unpacked += len(content)
        return content

    def named(self, tree: Any, most: int = 10_000) -> Iterator[Values]:
        """A tree of dictionaries that name others in /Kids, each once, and no more than `most`."""
        waiting: list[Any] = [tree]
        seen: set[str] = set()
        for _ in range(most):
            if not waiting:
                break
            reference = waiting.pop()
            if isinstance(reference, str):
                if reference in seen:
                    continue
                seen.add(reference)
            node = self.dictionary(reference)
            yield node
            waiting += reversed(self.array(node.get("/Kids")))
