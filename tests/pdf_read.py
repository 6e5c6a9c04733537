"""What a PDF says: its words, its tags, its pieces of text and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PdfReader

from cpreport.editions.widths import Look, width_of


class Tag(NamedTuple):
    """An element of the structure: its kind, its alternative text and the scope of a heading of a table."""

    kind: str
    alternative: str
    scope: str


class Piece(NamedTuple):
    """Words that stand on one line in one look; `left` and `right` are in points."""

    text: str
    left: float
    right: float
    line: float
    size: float
    font: str


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def tags(pdf: bytes) -> list[Tag]:
    return list(_below(read(pdf).trailer["/Root"]["/StructTreeRoot"]))


def _below(element: Any) -> Iterator[Tag]:
    element = element.get_object()
    if isinstance(element, list):
        for each in element:
            yield from _below(each)
    elif isinstance(element, dict) and element.get("/Type") != "/MCR":
        if "/S" in element:
            scopes = [each["/Scope"] for each in element.get("/A", []) if "/Scope" in each]
            yield Tag(element["/S"][1:], element.get("/Alt", ""), "".join(scopes)[1:])
        if "/K" in element:
            yield from _below(element["/K"])


def pieces(pdf: bytes) -> Iterator[list[Piece]]:
    """The pieces of each page, in the order of the file."""
    for page in read(pdf).pages:
        found: list[Piece] = []

        def see(text: str, at: list[float], *more: Any, seen: list[Piece] = found) -> None:
            if words := text.strip():
                font, size = more[1]["/BaseFont"].partition("+")[2], more[2]
                width = width_of(words, Look(round(size * 20), "Bold" in font)) / 20
                seen.append(Piece(words, at[4], at[4] + width, round(at[5], 1), size, font))

        page.extract_text(visitor_text=see)
        yield found


def words(pdf: bytes, *unless: str) -> str:
    """All words in the order of the file, without those of lines that are on every page."""
    lines = [each.text for page in pieces(pdf) for each in page if not any(word in each.text for word in unless)]
    return " ".join(" ".join(lines).replace("\u00a0", " ").split())
