"""How the words of a web page look in light and in dark mode: their size, their colour and what is behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter, itemgetter
from typing import NamedTuple

from cpreport.gate.contrast import contrast, mixed, needed
from cpreport.gate.html.colours import TRANSPARENT, colour
from cpreport.gate.html.page import Page
from cpreport.gate.html.sheets import LONGEST_VALUE, MODES, Compound, Declarations, Sheet, StyleRule, declarations
from cpreport.gate.html.structure import Places
from cpreport.gate.places import quoted
from cpreport.model.finding import Rule
from cpreport.model.rules.document import LOW_CONTRAST, SMALL_TEXT
from cpreport.model.rules.web import HIDDEN_REPORT
from cpreport.office.parts import Element

MOST_LOOKS = 5_000
"""Elements that differ in their path, classes and own style; the looks of further ones are not computed."""

_OF_BROWSERS = """
a[href] { color: #0000ee } b, strong, th, h1, h2, h3, h4, h5, h6 { font-weight: bold }
h1 { font-size: 2em } h2 { font-size: 1.5em } h3 { font-size: 1.17em } h5 { font-size: .83em } h6 { font-size: .67em }
small { font-size: .83em } code, pre, kbd, samp { font-size: .8125em } mark { color: black; background: yellow }
button, input, select, textarea { color: black; background: white; font-size: 10pt }
@media (prefers-color-scheme: dark) { a[href] { color: var(--cpreport-link) }
mark, button, input, select, textarea { color: unknown; background: unknown } }
"""
_PARTS = {"background": ("background-color",), "font": ("font-size", "font-weight")}
_STATED = {"bgcolor": "background-color", "color": "color", "text": "color"}
"""Attributes of old pages that set what style sheets set now."""

_DARK_PAGE, _DARK_TEXT, _DARK_LINK = "121212", "ffffff", "#9e9eff"
_UNSEEN = ("script", "style", "template", "noscript", "svg", "head", "title", "option", "sub", "sup", "math", "rt")
_SMALLER = {
    "caption": 11.0,
    "figcaption": 11.0,
    **dict.fromkeys(("table", "footer", "header", "nav", "small", "aside"), 10.0),
}
_SMALLER_CLASS = re.compile(r"note|caption|source|footer|small", re.IGNORECASE)
_TEXT, _NOTE = 12.0, 10.0
_NEARLY = 0.05
_KEYWORDS = {
    "xx-small": 7.0,
    "x-small": 7.5,
    "small": 9.75,
    "medium": 12.0,
    "large": 13.5,
    "x-large": 18.0,
    "xx-large": 24.0,
}
_LENGTH = re.compile(r"(\d{0,5}\.?\d{1,9})(px|pt|rem|em|%)")
_IN_FONT = re.compile(r"(?:^|\s)([\d.]+(?:px|pt|rem|em|%)|(?:xx?-)?(?:small|large)|medium)(?=\s|/|$)")
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
_BY_MODE = re.compile(r"light-dark\(\s*([^,()]+(?:\([^()]*\))?)\s*,\s*([^,()]+(?:\([^()]*\))?)\s*\)")
_PAINTED = re.compile(r"url\(|gradient\(|image", re.IGNORECASE)
_INVISIBLE = ("hidden", "collapse")
_BOLD = re.compile(r"bold(?:er)?|[6-9]\d\d|1000")


class Look(NamedTuple):
    """How words look in one mode; None for what is unknown. `root` is the size of the page's own text in points.

    `is_shown` is False where it is certain that they are not.
    """

    colour: str | None
    behind: str | None
    points: float | None
    is_bold: bool
    variables: Mapping[str, str]
    root: float = _TEXT
    is_shown: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """Elements that style sheets cannot tell apart; `least` is how large their words must be, in points."""

    tag: str
    id: str
    classes: frozenset[str]
    attributes: Mapping[str, str]
    parent: Kind | None
    least: float
    looks: tuple[Look, ...]


def looks(page: Page) -> Iterator[tuple[Rule, Places]]:
    """Words that are too small, that do not stand out from what is behind them, and of a report that are hidden."""
    hidden: Places = []
    small: Places = []
    faint: Places = []
    for kind, element in _kinds_with_words(page):
        words = quoted(_own_words(element))
        if page.is_own and _is_of_report(kind) and not all(look.is_shown for look in kind.looks):
            hidden.append((element, words))
        points = kind.looks[0].points
        if points is not None and points < kind.least - _NEARLY:
            small.append((element, f"{words}, {points:.3g} pt"))
        for mode, look in zip(MODES, kind.looks, strict=True):
            ratio = contrast(look.colour, look.behind) if look.colour and look.behind else None
            if ratio is not None and look.points is not None and ratio < needed(look.points, look.is_bold):
                faint.append((element, f"{words}, {int(100 * ratio) / 100} to 1 in {mode} mode"))
                break
    yield HIDDEN_REPORT, hidden
    yield SMALL_TEXT, small
    yield LOW_CONTRAST, faint


def _kinds_with_words(page: Page) -> Iterator[tuple[Kind, Element]]:
    """Each kind of element that has words of its own, with the first such element."""
    sheet = _sheet(page)
    asked = ("class", "style", *_STATED, *sheet.attributes)
    known: dict[tuple[object, ...], Kind] = {}
    told: set[Kind] = set()
    waiting: list[tuple[Element, Kind | None]] = [(page.root, None)]
    while waiting:
        element, parent = waiting.pop()
        if element.tag in _UNSEEN or element in page.hidden:
            continue
        id = element.get("id")
        key = (parent, element.tag, id if id in sheet.ids else None, *map(element.get, asked))
        if key not in known:
            if len(known) >= MOST_LOOKS:
                continue
            known[key] = _kind(sheet, element, parent)
        kind = known[key]
        if kind not in told and _own_words(element):
            told.add(kind)
            yield kind, element
        waiting += [(child, kind) for child in reversed(element)]


def _is_of_report(kind: Kind) -> bool:
    return kind.tag == "main" or bool(kind.parent and _is_of_report(kind.parent))


def _own_words(element: Element) -> str:
    return " ".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _sheet(page: Page) -> Sheet:
    sheet = Sheet()
    sheet.add(_OF_BROWSERS, is_page=False)
    for style in page.by_tag["style"]:
        if style.get("media", "all").strip().lower() in ("all", "screen", ""):
            sheet.add("".join(style.itertext()))
    return sheet


def _kind(sheet: Sheet, element: Element, parent: Kind | None) -> Kind:
    classes = frozenset((element.get("class") or "").split())
    attributes = {name: value for name in sheet.attributes if (value := element.get(name)) is not None}
    least = parent.least if parent else _TEXT
    least = min(least, _SMALLER.get(element.tag, least), *([_NOTE] if _SMALLER_CLASS.search(" ".join(classes)) else []))
    bare = Kind(element.tag, element.get("id") or "", classes, attributes, parent, least, ())
    rules = [each for each in sheet.candidates(bare.tag, bare.id, classes) if _matches(each.compounds, bare)]
    rules.sort(key=attrgetter("weight"))
    stated = tuple(
        (name, element.get(attribute), False) for attribute, name in _STATED.items() if element.get(attribute)
    )
    own = (stated, tuple(declarations(element.get("style") or "")))
    computed = [_look(mode, rules, own, parent.looks[at] if parent else None) for at, mode in enumerate(MODES)]
    return replace(bare, looks=tuple(computed))


def _matches(compounds: tuple[Compound, ...], kind: Kind | None) -> bool:
    """Whether the last of these is the kind, and those before it are around it."""
    *around, last = compounds
    if kind is None or not _is(last, kind):
        return False
    if not around:
        return True
    if last.is_child:
        return _matches(tuple(around), kind.parent)
    outer = kind.parent
    while outer:
        if _matches(tuple(around), outer):
            return True
        outer = outer.parent
    return False


def _is(compound: Compound, kind: Kind) -> bool:
    return (
        compound.tag in ("", kind.tag)
        and compound.id in ("", kind.id)
        and compound.classes <= kind.classes
        and all(
            name in kind.attributes and value in (None, kind.attributes[name]) for name, value in compound.attributes
        )
    )


def _look(mode: str, rules: list[StyleRule], own: tuple[Declarations, Declarations], parent: Look | None) -> Look:
    """The look of a kind of element: what it inherits, and what is declared for it."""
    declared = _declared(mode, rules, own)
    above = parent or Look("000000", "ffffff", _TEXT, False, {})
    variables = above.variables
    if own_variables := {name: value for name, value in declared.items() if name.startswith("--")}:
        variables = {**variables, **own_variables}
    values = {name: _resolved(value, variables, mode) for name, value in declared.items() if not name.startswith("--")}
    colour_of_text, behind = above.colour, above.behind
    if not parent and mode == "dark" and "dark" in values.get("color-scheme", ""):
        colour_of_text, behind = _DARK_TEXT, _DARK_PAGE
        variables = {"--cpreport-link": _DARK_LINK, **variables}
    for name in ("background", "background-color"):
        behind = _behind(values[name], behind) if name in values else behind
    if "color" in values:
        colour_of_text = _coloured(values["color"], colour_of_text, behind)
    points = _sized(values, above.points, above.root)
    weight = values.get("font-weight", values.get("font", ""))
    is_bold = bool(_BOLD.search(weight)) if weight and weight != "inherit" else above.is_bold
    root = above.root if parent else points or _TEXT
    is_shown = above.is_shown and values.get("display") != "none" and values.get("visibility") not in _INVISIBLE
    return Look(colour_of_text, behind, points, is_bold, variables, root, is_shown)


def _declared(mode: str, rules: list[StyleRule], own: tuple[Declarations, Declarations]) -> dict[str, str]:
    """The winning value of each property; `unknown` where it is not sure which that is."""
    found: dict[str, str] = {}
    stated, inline = own
    competing = [
        (stated, True),
        *((each.declarations, each.is_sure) for each in rules if mode in each.modes),
        (inline, True),
    ]
    declared = [(*each, is_sure) for declarations, is_sure in competing for each in declarations]
    for name, value, _, is_sure in sorted(declared, key=itemgetter(2)):
        found[name] = value if is_sure else "unknown"
        for part in _PARTS.get(name, ()):
            found.pop(part, None)
    return found


def _resolved(value: str, variables: Mapping[str, str], mode: str) -> str:
    """A value with the values of its variables in place."""
    if "(" not in value:
        return value
    for _ in range(10):
        if "var(" not in value or len(value) > LONGEST_VALUE:
            break
        value = _VARIABLE.sub(lambda found: variables.get(found[1], found[2] or "unknown"), value)
    return _BY_MODE.sub(lambda found: found[1 + MODES.index(mode)].strip(), value)[:LONGEST_VALUE]


def _behind(value: str, behind: str | None) -> str | None:
    if value in ("none", "transparent", "inherit", "initial", "unset"):
        return behind
    if _PAINTED.search(value):
        return None
    stated = colour(value) or next((each for each in map(colour, value.split()) if each), None)
    return behind if stated == TRANSPARENT else _covering(stated, behind)


def _coloured(value: str, inherited: str | None, behind: str | None) -> str | None:
    if value in ("inherit", "currentcolor", "unset"):
        return inherited
    return _covering(colour(value), behind)


def _covering(stated: tuple[str, float] | None, behind: str | None) -> str | None:
    """A colour that covers what is behind it, perhaps in part; None where one that counts is unknown."""
    if stated is None:
        return None
    digits, share = stated
    return digits if share == 1 else behind and mixed(digits, behind, share)


def _sized(values: Mapping[str, str], above: float | None, root: float) -> float | None:
    """The size in points of text whose parent has the size above."""
    value = values.get("font-size", "").lower()
    if not value and values.get("font", "inherit") != "inherit":
        in_font = _IN_FONT.search(values["font"].lower())
        value = in_font[1] if in_font else "unknown"
    if value in ("", "inherit", "unset"):
        return above
    if value in _KEYWORDS:
        return _KEYWORDS[value]
    if value in ("smaller", "larger"):
        return above and above * (0.83 if value == "smaller" else 1.2)
    length = _LENGTH.fullmatch(value)
    if not length:
        return None
    unit = {"px": 0.75, "pt": 1.0, "rem": root, "em": above, "%": above and above / 100}[length[2]]
    return unit and float(length[1]) * unit
