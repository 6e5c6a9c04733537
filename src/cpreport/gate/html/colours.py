"""Colours as style sheets write them."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from functools import lru_cache

NAMES = {
    "black": "000000",
    "blue": "0000ff",
    "darkblue": "00008b",
    "darkgray": "a9a9a9",
    "darkgreen": "006400",
    "darkred": "8b0000",
    "dimgray": "696969",
    "fuchsia": "ff00ff",
    "aqua": "00ffff",
    "gold": "ffd700",
    "gray": "808080",
    "green": "008000",
    "lightblue": "add8e6",
    "lightgray": "d3d3d3",
    "lightyellow": "ffffe0",
    "lime": "00ff00",
    "maroon": "800000",
    "navy": "000080",
    "olive": "808000",
    "orange": "ffa500",
    "purple": "800080",
    "red": "ff0000",
    "silver": "c0c0c0",
    "teal": "008080",
    "white": "ffffff",
    "whitesmoke": "f5f5f5",
    "yellow": "ffff00",
}
"""The names that people use most; other names are not known."""

_HEX = re.compile(r"#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]*)\)")
_NUMBER = re.compile(r"([+-]?\d{0,5}\.?\d{1,9})(%|deg)?")
TRANSPARENT = ("000000", 0.0)


@lru_cache(maxsize=1000)
def colour(text: str) -> tuple[str, float] | None:
    """A colour in six hexadecimal digits, and how much it covers, from 0 to 1; None if it is not a known one."""
    text = text.strip().lower()
    if text == "transparent":
        return TRANSPARENT
    if named := NAMES.get(text.replace("grey", "gray")):
        return named, 1.0
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) > 4 else "".join(2 * digit for digit in found[1])
        return digits[:6], int(digits[6:] or "ff", 16) / 255
    if found := _FUNCTION.fullmatch(text):
        return _computed(found[1], _NUMBER.findall(found[2]))
    return None


def _computed(function: str, numbers: list[tuple[str, str]]) -> tuple[str, float] | None:
    if len(numbers) not in (3, 4):
        return None
    shares = [float(number) / 100 if unit == "%" else float(number) for number, unit in numbers]
    if function == "hsl":
        channels: tuple[float, ...] = hls_to_rgb(shares[0] / 360 % 1, shares[2], shares[1])
    else:
        channels = tuple(s if unit == "%" else s / 255 for s, (_, unit) in zip(shares[:3], numbers, strict=False))
    digits = "".join(f"{round(255 * min(1.0, max(0.0, channel))):02x}" for channel in channels)
    return digits, min(1.0, max(0.0, shares[3] if shares[3:] else 1.0))
