"""Whether the fonts of a PDF are embedded, and whether their text can be read as characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cpreport.gate.pdf.objects import Objects, Values

_SYMBOLIC = 4
"""The flag of a font whose characters are not those of Latin text."""

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_OWN_CODES = ("Identity-H", "Identity-V")
_SYMBOLS = ("Symbol", "ZapfDingbats")
_KNOWN = re.compile(r"[A-Za-z]|[A-Za-z]{3,}|uni[0-9A-F]{4,}|u[0-9A-F]{4,6}|\.notdef")
"""Names of shapes that say a character, such as `A`, `comma` or `uni20AC`; those of subsets, such as `g12`, do not."""


class Font(NamedTuple):
    """A font by its name, without the letters that mark a subset."""

    name: str
    is_embedded: bool
    has_characters: bool


def read_fonts(objects: Objects, references: set[str]) -> Iterator[Font]:
    for reference in references:
        font = objects.dictionary(reference)
        (inner, *_) = [objects.dictionary(each) for each in objects.array(font.get("/DescendantFonts"))] or [font]
        descriptor = objects.dictionary(inner.get("/FontDescriptor"))
        name = objects.name(font.get("/BaseFont")).split("+")[-1] or "without a name"
        is_drawn = objects.name(font.get("/Subtype")) == "Type3"
        is_embedded = is_drawn or any(each in descriptor for each in _FILES)
        yield Font(name, is_embedded, "/ToUnicode" in font or _is_standard(objects, font, descriptor, name))


def _is_standard(objects: Objects, font: Values, descriptor: Values, name: str) -> bool:
    """Whether the characters are known without a table of them: by a standard encoding or the names of the shapes."""
    kind = objects.name(font.get("/Subtype"))
    encoding = objects.value(font.get("/Encoding"))
    if kind == "Type0":
        return bool(objects.name(encoding)) and objects.name(encoding) not in _OWN_CODES
    names = [each for each in objects.array(objects.dictionary(encoding).get("/Differences")) if isinstance(each, str)]
    unknown = sum(not _KNOWN.fullmatch(objects.name(each)) for each in names)
    flags = descriptor.get("/Flags", 0)
    is_symbolic = name in _SYMBOLS or kind == "Type3" or (isinstance(flags, int) and bool(flags & _SYMBOLIC))
    return 2 * unknown < len(names) if names else encoding is not None or not is_symbolic
