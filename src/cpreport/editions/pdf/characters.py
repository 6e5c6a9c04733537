"""Which characters the fonts of a PDF have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from struct import unpack_from

from cpreport.editions.pdf.typesetting import FONTS

SIGNS = "✓✔✗✘☐☑☒★☆"
"""What is printed in DejaVu Sans Mono, which typst has with it; all else in Liberation Sans."""

_VARIATIONS = range(0xFE00, 0xFE10)


def missing(text: str) -> list[str]:
    """The characters of a text that cannot be printed, each once."""
    return sorted({*text} - {"\n"} - _known(), key=text.index)


def printable(text: str) -> str:
    """The text without the characters that nobody sees."""
    return text if text.isascii() else "".join(each for each in text if not _is_silent(each))


def _is_silent(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or ord(character) in _VARIATIONS


@cache
def _known() -> frozenset[str]:
    """A font's four styles have the same characters."""
    font = (FONTS / "LiberationSans-Regular.ttf").read_bytes()
    return frozenset(SIGNS) | frozenset(map(chr, characters_of(font)))


def characters_of(font: bytes) -> Iterator[int]:
    """The characters that the table `cmap` of a font maps, in its format 4 (OpenType 1.9)."""
    (count,) = unpack_from(">H", font, 4)
    tables = (unpack_from(">4sIII", font, 12 + 16 * number) for number in range(count))
    (start,) = (offset for tag, _, offset, _ in tables if tag == b"cmap")
    (count,) = unpack_from(">H", font, start + 2)
    subtables = (unpack_from(">HHI", font, start + 4 + 8 * number) for number in range(count))
    (place,) = (start + offset for platform, encoding, offset in subtables if (platform, encoding) == (3, 1))
    (double,) = unpack_from(">H", font, place + 6)
    ends = unpack_from(f">{double // 2}H", font, place + 14)
    starts = unpack_from(f">{double // 2}H", font, place + 16 + double)
    for first, last in zip(starts, ends, strict=True):
        yield from range(first, min(last, 0xFFFE) + 1)
