"""Colours as Word files state them: as digits, by a theme's name, as a pattern over a background."""

from __future__ import annotations

import re
from collections.abc import Mapping
from colorsys import hls_to_rgb, rgb_to_hls
from functools import lru_cache

from cpreport.gate.contrast import mixed
from cpreport.gate.word.names import A, W
from cpreport.office.parts import Element

BLACK, WHITE = "000000", "FFFFFF"

HIGHLIGHTS = {
    "black": BLACK,
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGray": "808080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "C0C0C0",
    "magenta": "FF00FF",
    "red": "FF0000",
    "white": WHITE,
    "yellow": "FFFF00",
}
"""The colours of w:highlight."""

_HEX = re.compile("[0-9A-Fa-f]{6}")
_PERCENT = re.compile(r"pct(\d{1,2})")
_MAPPED = {"text1": "dk1", "text2": "dk2", "background1": "lt1", "background2": "lt2"}
_SHORT = {"tx1": "dk1", "tx2": "dk2", "bg1": "lt1", "bg2": "lt2"}
_LONG = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2"}
_LONG |= {"hyperlink": "hlink", "followedHyperlink": "folHlink"}


class Colours:
    """The colours of a document's theme, by which others are named; `mapped` are its settings' own names for them."""

    def __init__(self, theme: Element | None, mapped: Mapping[str, str]) -> None:
        self._names = {**_MAPPED, **{_of_setting(name): _LONG.get(to, to) for name, to in mapped.items()}}
        self._theme: dict[str, str] = {}
        for scheme in [] if theme is None else theme.iter(f"{A}clrScheme"):
            for named in scheme.iterchildren("{*}*"):
                stated = next((each.get("lastClr") or each.get("val") for each in named.iterchildren("{*}*")), "")
                if _HEX.fullmatch(stated or ""):
                    self._theme.setdefault(named.tag.rpartition("}")[2], stated.upper())

    def stated(self, element: Element, digits: str = "val", theme: str = "theme") -> str:
        """The colour that an element's attributes state, in six digits; empty for `auto`, and where it is unknown.

        For a colour they are w:val, w:themeColor and so on, for a fill w:fill, w:themeFill.
        """
        named = element.get(f"{W}{theme}Color" if theme == "theme" else f"{W}{theme}")
        known = self.named(named) if named else ""
        if known:
            return changed(known, element.get(f"{W}{theme}Tint"), element.get(f"{W}{theme}Shade"))
        return six_digits(element.get(f"{W}{digits}"))

    def named(self, name: str) -> str:
        """The theme's colour of a name such as accent1, text1 or tx1, in six digits; empty where there is none."""
        key = self._names.get(name) or _SHORT.get(name) or _LONG.get(name, name)
        return self._theme.get(key, "")

    def behind(self, shading: Element) -> str:
        """The colour of a w:shd; empty where it has none."""
        pattern = shading.get(f"{W}val") or "clear"
        fill = self.stated(shading, "fill", "themeFill")
        share = _PERCENT.fullmatch(pattern)
        if pattern == "nil" or (pattern != "solid" and not share):
            return "" if pattern == "nil" else fill
        over = self.stated(shading, "color") or BLACK
        return over if pattern == "solid" or share is None else mixed(over, fill or WHITE, int(share[1]) / 100)


def six_digits(text: str | None) -> str:
    """A colour in six hexadecimal digits; empty where it is none, such as `auto`."""
    return text.upper() if text and _HEX.fullmatch(text) else ""


def _of_setting(name: str) -> str:
    """`t1` and `bg1` of w:clrSchemeMapping as colours name them."""
    return {"t1": "text1", "t2": "text2", "bg1": "background1", "bg2": "background2"}.get(name, name)


@lru_cache(maxsize=1000)
def changed(colour: str, tint: str | None, shade: str | None) -> str:
    """A theme's colour made lighter by a tint or darker by a shade, from 00 (wholly) to FF (not at all)."""
    hue, light, saturation = rgb_to_hls(*(int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)))
    if (part := _share(shade)) is not None:
        light *= part
    if (part := _share(tint)) is not None:
        light = light * part + 1 - part
    return "".join(f"{round(255 * min(1, max(0, each))):02X}" for each in hls_to_rgb(hue, light, saturation))


def _share(digits: str | None) -> float | None:
    return int(digits, 16) / 255 if digits and re.fullmatch("[0-9A-Fa-f]{1,2}", digits) else None
