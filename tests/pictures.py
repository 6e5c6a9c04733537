"""Small pictures for tests: PNG, JPEG and SVG files made from their parts."""

from __future__ import annotations

import zlib
from struct import pack

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h4v3z" fill="#12436D"/></svg>'


def chunk(kind: bytes, content: bytes = b"") -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", zlib.crc32(kind + content))


def png(width: int = 40, height: int = 30, *more: bytes, pixels: bool = True) -> bytes:
    """A grey PNG with more chunks before its pixels."""
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rows = (b"\0" + b"\x99" * width) * height if pixels else b""
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def segment(marker: int, content: bytes) -> bytes:
    return bytes((0xFF, marker)) + pack(">H", len(content) + 2) + content


def jpeg(width: int = 40, height: int = 30, *more: bytes, density: int = 96) -> bytes:
    """What stands around the pixels of a JPEG, and some bytes for these."""
    start = segment(0xE0, b"JFIF\0\1\1\1" + pack(">HHBB", density, density, 0, 0))
    size = segment(0xC0, pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"\xff\xd8" + start + b"".join(more) + size + scan + b"\xff\xd9"
