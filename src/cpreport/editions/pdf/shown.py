"""Whether a PDF shows all that it should say: a page.typ may hide some of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_ELEMENT = re.compile(rb"/S/(\w+)/P [0-9]+ 0 R(.*?)endobj", re.DOTALL)
_COUNTED = {"Title": "heading", "TH": "cell", "TD": "cell"} | {f"H{level}": "heading" for level in range(1, 7)}
"""What is counted, by tags; of another tag its own name."""


def hides(pdf: bytes, parts: Iterable[Mapping[str, Any]], figures: int) -> bool:
    """Whether a PDF, as typst has made it, has fewer tags with words or pictures in them than the report's parts."""
    shown = Counter(_shown(pdf))
    said = Counter(_said(block for part in parts for block in part["blocks"])) + Counter(Figure=figures)
    return any(shown[what] < number for what, number in said.items())


def _shown(pdf: bytes) -> Iterator[str]:
    for name, rest in _ELEMENT.findall(pdf):
        if b"/K[]" not in rest:
            yield _COUNTED.get(name.decode(), name.decode())


def _said(blocks: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for block in blocks:
        if block.get("caption"):
            yield "Caption"
        match block["kind"]:
            case "heading":
                yield from _with_words(block["text"], "heading")
            case "paragraph" | "note":
                yield from _with_words(block["text"], "P")
            case "back":
                yield "P"
            case "contents":
                yield from ("heading", *("P" for _ in block["entries"]))
            case "list":
                yield from _entries(block)
            case "table":
                for cell in (*block["headings"], *(cell for row in block["rows"] for cell in row["cells"])):
                    yield from _with_words([span for line in cell["lines"] for span in line], "cell")


def _entries(block: Mapping[str, Any]) -> Iterator[str]:
    for entry in block["entries"]:
        yield from _with_words(entry["text"], "LBody")
        for below in entry["below"]:
            yield from _entries(below)


def _with_words(text: Sequence[Mapping[str, Any]], what: str) -> Iterator[str]:
    if any(span["text"].strip() for span in text):
        yield what
