"""Pieces of documents, made by hand."""

from __future__ import annotations

from typing import Any

from cpreport.model.document import Align, RowKind, Span, TableCell, TableRow, Text
from cpreport.model.status import StatusWord


def words(text: str, **look: Any) -> Text:
    return (Span(text, **look),)


def cell(*lines: str, align: Align = Align.LEFT, status: StatusWord | None = None) -> TableCell:
    return TableCell(tuple(map(words, lines)), align, status)


def row(kind: RowKind, *texts: str) -> TableRow:
    return TableRow(kind, tuple(map(cell, texts)))
