"""What a PDF says: its words, its tags, its pieces of text and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from struct import unpack_from
from typing import Any, NamedTuple

from pypdf import PdfReader
from pypdf.generic import ContentStream

from cpreport.editions.pdf.typesetting import FONTS

_MONO = 0.602
"""How wide a sign is in DejaVu Sans Mono, in sizes."""


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


@cache
def pieces(pdf: bytes) -> list[list[Piece]]:
    """The pieces of each page, in the order of the file."""
    pages = []
    for page in read(pdf).pages:
        found: list[Piece] = []

        def see(text: str, at: list[float], *more: Any, seen: list[Piece] = found) -> None:
            if words := text.strip():
                font, size = more[1]["/BaseFont"].partition("+")[2], more[2]
                width = size * sum(_advance(font, letter) for letter in words)
                seen.append(Piece(words, at[4], at[4] + width, round(at[5], 1), size, font))

        page.extract_text(visitor_text=see)
        pages.append(found)
    return pages


def overlapping(pdf: bytes) -> list[Piece]:
    """The pieces that reach into the next one of their line, or into the margin.

    Kerning makes them a little narrower than their letters; pieces of one begin at the same place.
    """
    found = []
    for page in pieces(pdf):
        lines: dict[float, list[Piece]] = {}
        for piece in page:
            lines.setdefault(piece.line, []).append(piece)
        for line in lines.values():
            ordered = sorted(line, key=lambda piece: piece.left)
            found += [one for one, other in pairwise(ordered) if one.left < other.left < one.right - one.size / 4]
    wide = [
        (piece, float(page.mediabox.width))
        for page, of in zip(read(pdf).pages, pieces(pdf), strict=True)
        for piece in of
    ]
    return found + [piece for piece, width in wide if piece.right > width - 36]


def read_aloud(pdf: bytes) -> str:
    """All words in the order of the structure, as a screen reader says them, but for those in figures."""
    reader = read(pdf)
    marked = {page.indirect_reference.idnum: _marked(page) for page in reader.pages if page.indirect_reference}
    said = "".join(_said(reader.trailer["/Root"]["/StructTreeRoot"], marked, 0))
    return " ".join(said.replace("\u00a0", " ").split())


def _said(element: Any, marked: dict[int, dict[int, str]], page: int) -> Iterator[str]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        for each in element:
            yield from _said(each, marked, page)
    elif isinstance(element, int):
        yield marked[page].get(element, "")
    elif isinstance(element, dict) and element.get("/S") != "/Figure":
        page = element.raw_get("/Pg").idnum if "/Pg" in element else page
        yield from _said(element.get("/K", []), marked, page)
        yield from _said(element["/MCID"], marked, page) if "/MCID" in element else ()
        yield " " if element.get("/S", "/Span") not in ("/Span", "/Strong", "/Em", "/Link") else ""


def _marked(page: Any) -> dict[int, str]:
    """The words of each piece of content that the structure refers to, by its number."""
    fonts, found, font = page["/Resources"].get("/Font", {}), dict[int, str](), ""
    numbers: list[int | None] = []
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator in (b"BDC", b"BMC"):
            known = operands[1] if operator == b"BDC" else {}
            numbers.append(known.get("/MCID", numbers[-1] if numbers and "/ActualText" in known else None))
        elif operator == b"EMC":
            numbers.pop()
        elif operator == b"Tf":
            font = operands[0]
        elif operator in (b"Tj", b"TJ") and numbers and numbers[-1] is not None:
            letters = _characters(fonts[font]["/ToUnicode"].get_data())
            shown = operands[0] if operator == b"TJ" else operands
            codes = b"".join(each.original_bytes for each in shown if not isinstance(each, float | int))
            pairs = [codes[place : place + 2] for place in range(0, len(codes), 2)]
            found[numbers[-1]] = found.get(numbers[-1], "") + "".join(letters[pair] for pair in pairs)
    return found


@cache
def _characters(unicodes: bytes) -> dict[bytes, str]:
    """What a font's glyphs are in letters, as typst writes it: one by one."""
    pairs = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", unicodes)
    return {bytes.fromhex(code.decode()): bytes.fromhex(word.decode()).decode("utf-16-be") for code, word in pairs}


@cache
def _advance(font: str, letter: str) -> float:
    """How wide a letter is, in sizes."""
    if "Mono" in font:
        return _MONO
    name, _, style = font.partition("-")
    file = FONTS / f"{name.replace('Sans', 'Sans-')}{style or 'Regular'}.ttf"
    return advances(file.read_bytes(), letter)[letter] / 1000


def advances(font: bytes, letters: str) -> dict[str, int]:
    """How wide letters are in a TrueType font, in thousandths of its size."""
    places = {
        tag: offset
        for tag, _, offset, _ in (
            unpack_from(">4sIII", font, at) for at in range(12, 12 + 16 * unpack_from(">H", font, 4)[0], 16)
        )
    }
    (em,) = unpack_from(">H", font, places[b"head"] + 18)
    (full,) = unpack_from(">H", font, places[b"hhea"] + 34)
    found = {}
    for letter in letters:
        glyph = min(_glyph(font, places[b"cmap"], ord(letter)), full - 1)
        found[letter] = round(1000 * unpack_from(">H", font, places[b"hmtx"] + 4 * glyph)[0] / em)
    return found


def _glyph(font: bytes, cmap: int, code: int) -> int:
    """The number of a character's glyph, from the table `cmap` in its format 4 (OpenType 1.9)."""
    (count,) = unpack_from(">H", font, cmap + 2)
    subtables = (unpack_from(">HHI", font, cmap + 4 + 8 * number) for number in range(count))
    (at,) = (cmap + offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 1))
    (double,) = unpack_from(">H", font, at + 6)
    for number in range(0, double, 2):
        (end,), (start,) = unpack_from(">H", font, at + 14 + number), unpack_from(">H", font, at + 16 + double + number)
        if start <= code <= end:
            (delta,), place = unpack_from(">H", font, at + 16 + 2 * double + number), at + 16 + 3 * double + number
            (offset,) = unpack_from(">H", font, place)
            if not offset:
                return int((code + delta) % 65536)
            return int((unpack_from(">H", font, place + offset + 2 * (code - start))[0] + delta) % 65536)
    return 0
