"""page.css: what it may have. A browser loads nothing for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from cpreport.model.finding import Finding, Place
from cpreport.model.rules.definition import PAGE_NOT_ALLOWED

STYLE = "page.css"

_KINDS = "image/(?:png|jpeg|gif|webp|svg[+]xml)|font/(?:woff2?|ttf|otf)"
_TOKEN = re.compile(
    rf"""(?P<remark>/\*(?:(?!\*/|</).)*\*/)
    |(?P<text>"(?:[^"\\\n<]|\\[^\n<]|<(?!/))*"|'(?:[^'\\\n<]|\\[^\n<]|<(?!/))*')
    |(?P<inside>url\(\s*(?P<quote>["']?)data:(?:{_KINDS});base64,[\w+/=]*(?P=quote)\s*\))
    |(?P<rule>@[-\w]+)
    |(?P<function>[-\w]+\()
    |(?P<printed>(?<![-\w.\#])content(?![-\w]))
    |(?P<end>[;{{}}])
    |(?P<refused>/\*(?!.*?\*/).*|["'\\\x00-\x08\x0b\x0e-\x1f\x7f]|</)
    """,
    re.DOTALL | re.VERBOSE | re.IGNORECASE,
)
_RULES = frozenset(
    (
        *("@charset", "@media", "@supports", "@page", "@font-face", "@keyframes", "@layer", "@container", "@property"),
        *(f"@{side}-{at}" for side in ("top", "bottom") for at in ("left", "center", "right")),
        *(f"@{side}-{at}" for side in ("left", "right") for at in ("top", "middle", "bottom")),
    )
)
_FUNCTIONS = frozenset(
    (
        *("var", "env", "attr", "local", "format", "tech", "counter", "counters", "selector", "and", "or", "style"),
        *("calc", "min", "max", "clamp", "round", "abs", "minmax", "repeat", "fit-content", "steps", "cubic-bezier"),
        *("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color", "color-mix", "light-dark"),
        *("linear-gradient", "radial-gradient", "conic-gradient", "repeating-linear-gradient"),
        *("translate", "translatex", "translatey", "scale", "scalex", "scaley", "rotate", "inset", "circle", "polygon"),
        *("blur", "brightness", "contrast", "drop-shadow", "grayscale", "invert", "opacity", "saturate", "hue-rotate"),
        *("is", "not", "where", "has", "lang", "dir", "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"),
    )
)
"""What may stand before a bracket: nothing that names a file."""

_REFUSED = {'"': "a text without its end", "'": "a text without its end", "/*": "a remark without its end"}


_ESCAPE = re.compile(r"\\([0-9a-f]{1,6})\s?", re.IGNORECASE)


def style_findings(css: str) -> Iterator[Finding]:
    """What page.css has and may not have, at its lines."""
    is_printed = False
    for token in _TOKEN.finditer(css):
        name, kind = token[0].lower(), token.lastgroup
        if kind in ("printed", "end"):
            is_printed = kind == "printed"
        elif is_printed and kind == "text" and any(map(str.isnumeric, _ESCAPE.sub(_escaped, name))):
            yield _not_allowed(css, token.start(), "a number in content")
        if (
            kind == "refused"
            or (kind == "rule" and name not in _RULES)
            or (kind == "function" and name[:-1] not in _FUNCTIONS)
        ):
            yield _not_allowed(css, token.start(), f"{name}…)" if kind == "function" else _REFUSED.get(name[:2], name))


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code <= sys.maxunicode else ""


def _not_allowed(css: str, start: int, what: str) -> Finding:
    line = css.count("\n", 0, start) + 1
    return PAGE_NOT_ALLOWED.at(Place(file=STYLE, line=line), file=STYLE, what=what)
