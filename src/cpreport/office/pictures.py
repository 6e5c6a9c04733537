"""Pictures as files: what they are by their content, how large they are, and their bytes without metadata.

Where a photograph was taken, by whom and what was cut off it is not for a report: what a PNG or JPEG file holds beside
the picture is left out.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from fractions import Fraction
from struct import error, unpack_from

from cpreport.model.document import Image
from cpreport.model.errors import InputError
from cpreport.office.xml import NAMESPACE_END, parse, safe_parser

LARGEST = 10 * 2**20
MOST_PIXELS = 50_000_000
EMU_PER_INCH = 914_400

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_LOOKS_OF_PNG = (b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs")
"""What a PNG says of its look beside the chunks that every program must read."""

_USUAL = 96
"""Dots per inch where a file does not say how many."""

_INCH = Fraction(254, 10_000)
"""In metres."""

_DENSITIES = {1: Fraction(1), 2: Fraction(254, 100)}
"""The units of a JPEG's density in dots per inch."""

_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_APPLICATIONS = range(0xE0, 0xF0)
_LOOKS_OF_JPEG = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")

_SVG = "http://www.w3.org/2000/svg"
_REFUSED = ("script", "foreignobject", "iframe", "animate", "set", "handler")
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg);)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"@import|url\(\s*[\"']?(?!\s*(?:#|data:image/(?:png|jpeg);))", re.IGNORECASE)


class NotAPicture(Exception):
    """Why a file cannot be printed as a picture, to be put after its name."""


def read_image(content: bytes) -> Image:
    """A PNG or JPEG file as a picture. Raises NotAPicture."""
    if len(content) > LARGEST:
        raise NotAPicture(f"has more than {LARGEST // 2**20} MiB")
    reader = next((read for begin, read in ((_PNG, _png), (_JPEG, _jpeg)) if content.startswith(begin)), None)
    if reader is None:
        raise NotAPicture("is not a PNG or JPEG picture, whatever its name says")
    try:
        image = reader(content)
    except (error, IndexError) as mistake:
        raise NotAPicture("is damaged: its end is missing") from mistake
    return image


def check_vector(content: bytes) -> None:
    """Raises NotAPicture if a file is not an SVG picture, or runs something, or refers to what is not in it."""
    if len(content) > LARGEST:
        raise NotAPicture(f"has more than {LARGEST // 2**20} MiB")
    names: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        names.append(name)
        local = name.rpartition(NAMESPACE_END)[2].lower()
        if local.startswith(_REFUSED):
            raise NotAPicture(f"has an element {local}, which a picture to be printed does not need")
        for key, text in attributes.items():
            attribute = key.rpartition(NAMESPACE_END)[2].lower()
            is_link = attribute in ("href", "src") and not _INSIDE.match(text)
            if is_link or attribute.startswith("on") or _ELSEWHERE.search(text):
                raise NotAPicture(f"refers to something outside of itself or runs it ({attribute})")

    def words(text: str) -> None:
        if _ELSEWHERE.search(text):
            raise NotAPicture("refers to something outside of itself (in its styles)")

    parser = safe_parser(namespaces=True)
    parser.StartElementHandler, parser.CharacterDataHandler = start, words
    parser.ProcessingInstructionHandler = lambda target, _: start(target, {"href": "outside"})
    try:
        parse(parser, content)
    except InputError as mistake:
        raise NotAPicture("is not well-formed SVG, or declares a document type") from mistake
    if names[:1] != [f"{_SVG}{NAMESPACE_END}svg"]:
        raise NotAPicture("is not an SVG picture, whatever its name says")


def _png(content: bytes) -> Image:
    kept, density = [_PNG], Fraction(_USUAL)
    kinds: list[bytes] = []
    for kind, chunk in _chunks(content):
        if kind == b"pHYs" and len(chunk) == 21 and chunk[16] == 1:
            density = unpack_from(">I", chunk, 8)[0] * _INCH or density
        kinds.append(kind)
        kept += [chunk] if kind[:1].isupper() or kind in _LOOKS_OF_PNG else []
    if kinds[:1] != [b"IHDR"] or b"IDAT" not in kinds or len(kept[1]) != 25:
        raise NotAPicture("is damaged: it has no picture in it")
    width, height = unpack_from(">II", kept[1], 8)
    return _image(b"".join(kept), "png", width, height, density)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The kinds and the bytes of the chunks of a PNG, to its end."""
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = unpack_from(">I4s", content, at)
        chunk = content[at : at + length + 12]
        (checksum,) = unpack_from(">I", content, at + 8 + length)
        if checksum != zlib.crc32(chunk[4:-4]):
            raise NotAPicture("is damaged: a checksum in it is wrong")
        yield kind, chunk
        at += len(chunk)


def _jpeg(content: bytes) -> Image:
    kept, density = [_JPEG], Fraction(_USUAL)
    size: tuple[int, int] = (0, 0)
    at, marker = len(_JPEG), 0
    while marker != _END:
        found = _MARKER.search(content, at)
        if found is None:
            raise NotAPicture("is damaged: its end is missing")
        kept += [content[at : found.start()]] if marker == _SCAN else []
        marker, begin = found[1][0], found.end()
        at = begin if marker == _END else begin + unpack_from(">H", content, begin)[0]
        segment = content[begin + 2 : at]
        if marker in _SIZES:
            height, width = unpack_from(">HH", segment, 1)
            size = width, height
        elif marker == 0xE0 and segment.startswith(b"JFIF\0") and segment[7] in _DENSITIES:
            density = unpack_from(">H", segment, 8)[0] * _DENSITIES[segment[7]] or density
        is_metadata = marker == _COMMENT or marker in _APPLICATIONS
        if not is_metadata or segment.startswith(_LOOKS_OF_JPEG.get(marker, b"\0none")):
            kept.append(content[found.end() - 2 : at])
    return _image(b"".join(kept), "jpeg", *size, density)


def _image(content: bytes, extension: str, width: int, height: int, density: Fraction) -> Image:
    """A picture of a size in pixels, with so many dots per inch."""
    if not width * height:
        raise NotAPicture("is damaged: it has no picture in it")
    if width * height > MOST_PIXELS:
        raise NotAPicture(f"has {width * height:,} pixels; {MOST_PIXELS:,} are allowed")
    across, down = (max(1, round(side * EMU_PER_INCH / density)) for side in (width, height))
    return Image(content, extension, across, down)
