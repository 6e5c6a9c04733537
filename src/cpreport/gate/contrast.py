"""Colours over each other, and how well one stands out from another (WCAG 2.2, success criterion 1.4.3)."""

from __future__ import annotations

from functools import lru_cache

ENOUGH = 4.5
"""The contrast that text needs."""

ENOUGH_FOR_LARGE = 3.0
"""The contrast that large text needs: from 18 pt, bold from 14 pt."""

LARGE, LARGE_IF_BOLD = 18.0, 14.0


def needed(points: float, is_bold: bool) -> float:
    """The contrast that text of a size needs."""
    return ENOUGH_FOR_LARGE if points >= (LARGE_IF_BOLD if is_bold else LARGE) else ENOUGH


def contrast(colour: str, behind: str) -> float:
    """The contrast of two colours in six hexadecimal digits each, from 1 to 21."""
    darker, lighter = sorted((_luminance(colour), _luminance(behind)))
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: str, behind: str, share: float) -> str:
    """The colour that is seen where one covers a share, from 0 to 1, of another."""
    pairs = ((int(colour[at : at + 2], 16), int(behind[at : at + 2], 16)) for at in (0, 2, 4))
    return "".join(f"{round(over * share + under * (1 - share)):02X}" for over, under in pairs)


@lru_cache(maxsize=1000)
def _luminance(colour: str) -> float:
    """The relative luminance of a colour, from 0 to 1."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
